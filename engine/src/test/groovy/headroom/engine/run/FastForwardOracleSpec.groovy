package headroom.engine.run

import headroom.plan.model.AttentionSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.PreemptionSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.WindowsSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.OracleCheck
import headroom.testing.PlantedBug
import java.util.stream.LongStream
import spock.lang.Shared
import spock.lang.Specification

class FastForwardOracleSpec extends Specification {

    static final int PLANS = 600

    /** Plans that show many of the planted bugs and take little time: asked before all others, they save minutes and miss nothing. */
    static final List<Long> TELLING = [73, 97, 42, 23, 21, 9, 60, 30, 45, 18, 4, 22, 13, 160, 37, 99, 77, 38, 91, 54, 40, 10, 41]*.longValue()

    @Shared
    List<OracleCheck> checks = LongStream.rangeClosed(1, PLANS).parallel().mapToObj { OracleCheck.of(it) }.toList()

    def "jumping over steps changes no instant and no histogram of any request"() {
        expect:
        checks*.differences().findAll().take(3).join('\n') == ''
    }

    def "the random plans reach at least #least #what"(int least, String what) {
        given:
        int count = checks*.counts()*.get(what).sum()
        println "oracle: $PLANS plans, $count $what"

        expect:
        count >= least

        where:
        least | what
        1000  | 'preemptions'
        1000  | 'timeouts'
        1000  | 'turned away'
        1000  | 'prompts longer than the token budget'
        100   | 'plans with full queues'
        1000  | 'decodes stalled by prefill'
        1000  | 'steps that did not look'
        1000  | 'prompts held back whole'
        1000  | 'steps that held prompts back for other ranks'
        100   | 'ranks that had no room for another prompt'
        1000  | 'steps that held prompts back to fill one'
        100   | 'steps that prompts filled'
        100   | 'waits to fill a step that timed out'
        100   | 'steps with prompts of every rank'
        100   | 'waits for other ranks that timed out'
        50    | 'prompts for a rank that had nothing else to do'
        1000  | 'overtakings'
        500   | 'swaps out'
        500   | 'swaps in'
        1000  | 'prefix hits'
        1000  | 'blocks found while another sequence had them'
        1000  | 'cached blocks that gave way'
        1000  | 'cached blocks that went to the host'
        1000  | 'cached blocks that came back from the host'
        1000  | 'cached blocks that a full host forgot'
        1000  | 'later turns of conversations'
        100   | 'conversations that a refusal ended'
        50    | 'recomputed because the host was full'
        10000 | 'accepted drafts'
        1000  | 'full batches'
        1000  | 'batches that were not full'
        1000  | 'batches that waited for the device'
        1000  | 'KV caches handed over'
        1000  | 'instants at which a prefilled prompt found no room'
        1000  | 'KV caches that waited for the link'
        1000  | 'KV caches for which room was kept while steps went on'
        1000  | 'times that moving KV caches held all blocks'
        300   | 'windows that filled up while their request decoded'
        10000 | 'blocks that windows left behind'
        10000 | 'tokens of prompts that read a selection'
        10000 | 'steps that a power cap made longer'
        1000  | 'batches that a power cap made longer'
        10000 | "pieces of prompts beside another's"
    }

    def "at least 50 random plans have #kind"(Object kind, Closure<Boolean> has) {
        given:
        int plans = checks.count { has(it.plan()) }
        println "oracle: $plans plans with $kind"

        expect:
        plans >= 50

        where:
        [kind, has] << RoutingPolicy.values().collect { policy ->
            [policy, { plan -> plan.routes().any { it.policy() == policy } }]
        } + ArrivalSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.traffics().any { type.isInstance(it.arrivals()) } }]
        } + SchedulerSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.deployments().any { type.isInstance(it.batching().scheduler()) } }]
        } + AllocationSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.deployments().any { type.isInstance(it.kvCache().allocation()) } }]
        } + [
            ['a queue limit', { plan -> plan.deployments().any { it.admission().queueLimit() } }],
            ['a queue timeout', { plan -> plan.deployments().any { it.admission().timeoutSeconds() } }],
            ['a start-up', { plan -> plan.deployments().any { it.admission().startUpSeconds() } }],
            ['a start-up of fixed work', { plan -> plan.fixedDeployments().any { it.admission().startUpSeconds() } }],
            ['a stated number of blocks', { plan -> plan.deployments().any { it.kvCache().blocks() } }],
            ['swapping', { plan -> plan.deployments().any { it.kvCache().allocation() instanceof AllocationSpec.OnDemand && it.kvCache().allocation().preemption() instanceof PreemptionSpec.Swap } }],
            ['a prefix cache', { plan -> plan.deployments().any { it.kvCache().prefixCache() } }],
            ['a prefix cache and swapping', { plan -> plan.deployments().any { it.kvCache().prefixCache() && it.kvCache().allocation() instanceof AllocationSpec.OnDemand && it.kvCache().allocation().preemption() instanceof PreemptionSpec.Swap } }],
            ['a model of fixed work', { plan -> plan.fixedDeployments() }],
            ['instances that share a device', { plan -> plan.fixedDeployments().any { it.batching().instances() > 1 } }],
            ['batches that wait for company', { plan -> plan.fixedDeployments().any { it.batching().delaySeconds() > 0 } }],
            ['a shared beginning', { plan -> plan.traffics().any { it.sharedPrefix() } }],
            ['repeated prompts', { plan -> plan.traffics().any { it.arrivals() instanceof ArrivalSpec.Replay && it.arrivals().rows().namesPrompts() } }],
            ['hashed prompts and a prefix cache', { plan -> plan.traffics().any { it.arrivals() instanceof ArrivalSpec.Replay && it.arrivals().rows().hashes() } && plan.deployments().any { it.kvCache().prefixCache() } }],
            ['a prefix cache that goes on on the host', { plan -> plan.deployments().any { it.kvCache().prefixHostBytes() } }],
            ['a power cap of fixed work', { plan -> plan.fixedDeployments().any { it.accelerator().power().capWatts() } }],
            ['a power cap', { plan -> plan.deployments().any { it.accelerator().power().capWatts() } }],
            ['conversations', { plan -> plan.traffics().any { it.sessions() } }],
            ['conversations and a prefix cache', { plan -> plan.traffics().any { it.sessions() } && plan.deployments().any { it.kvCache().prefixCache() } }],
            ['conversations of a closed loop', { plan -> plan.traffics().any { it.sessions() && !it.sessions().think() } }],
            ['a draft model', { plan -> plan.deployments().any { it.speculative()?.draft() instanceof DraftSpec.Small } }],
            ['drafting heads', { plan -> plan.deployments().any { it.speculative()?.draft() instanceof DraftSpec.Heads } }],
            ['CUDA graphs', { plan -> plan.deployments().any { it.batching().graphSizes() } }],
            ['steps without CUDA graphs', { plan -> plan.deployments().any { it.profile().overheads().perDecodeLayerSeconds() > 0 } }],
            ['separate pools for prefill and decode', { plan -> plan.deployments().any { it.handover() } }],
            ['a prefill pool that is spread otherwise than its answers', { plan -> plan.deployments().any { d -> plan.deployments().any { it.handover()?.to() == d.name() && it.parallelism() != d.parallelism() } } }],
            ['separate pools and swapping', { plan -> plan.deployments().any { d -> plan.deployments().any { it.handover()?.to() == d.name() } && d.kvCache().allocation() instanceof AllocationSpec.OnDemand && d.kvCache().allocation().preemption() instanceof PreemptionSpec.Swap } }],
            ['windows in shared blocks', { plan -> plan.deployments().any { it.kvCache().windows() instanceof WindowsSpec.Shared } }],
            ['windows in a pool of their own', { plan -> plan.deployments().any { it.kvCache().windows() instanceof WindowsSpec.Apart } }],
            ['states of linear attention', { plan -> plan.deployments().any { it.model().attention() instanceof AttentionSpec.Linear } }],
            ['an indexer that selects tokens', { plan -> plan.deployments().any { AttentionSpec.indexer(it.model().attention()) } }],
            ['several priorities', { plan -> plan.traffics()*.priority().toSet().size() > 1 }],
        ] + LengthSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.traffics().any { type.isInstance(it.prompt()) || type.isInstance(it.output()) } }]
        } + [
            'tensor parallelism'     : { ParallelismSpec it -> it.shards() > 1 },
            'expert parallelism'     : { ParallelismSpec it -> it.expertParallel() > 1 },
            'pipeline parallelism'   : { ParallelismSpec it -> it.pipelineParallel() > 1 },
            'data-parallel attention': { ParallelismSpec it -> it.attentionRanks() > 1 },
            'weights on the host'    : { ParallelismSpec it -> it.hostWeightShare() > 0 },
        ].collect { way, drawn ->
            [way, { plan -> plan.deployments().any { drawn(it.parallelism()) } }]
        }
    }

    def "at least 20 random plans attend data-parallel in one of two pools, and not in the other"() {
        expect:
        checks*.plan().count { plan ->
            plan.deployments().any { prefill ->
                plan.deployments().any { it.name() == prefill.handover()?.to() && (it.parallelism().attentionRanks() > 1) != (prefill.parallelism().attentionRanks() > 1) }
            }
        } >= 20
    }

    def "the oracle catches #bug"(String bug, String file, String right, String wrong) {
        given:
        def mutant = new PlantedBug("headroom/$file", right, wrong)

        when:
        def caught = (TELLING + (1L..PLANS)).find { mutant.isCaughtBy(it) }
        println "oracle: $bug is caught by plan $caught"

        then:
        caught != null

        cleanup:
        mutant?.close()

        where:
        bug                        | file                       | right                                                | wrong
        'an off-by-one block'      | 'plan/serving/KvGroups.java' | '(tokens + blockTokens - 1)'    | '(tokens + blockTokens)'
        'a lost remainder'         | 'engine/serving/Replica.java'     | 'nowTicks = run.boundaryTicks(run.steps);'           | 'nowTicks = 0;'
        'a wrong tie order'        | 'engine/kernel/Priority.java'     | 'int ARRIVAL = 2;'                                   | 'int ARRIVAL = 4;'
        'a look too many'          | 'engine/serving/Polling.java'     | 'Math.max(step + 1, lastLook + interval(running))'   | 'step + 1'
        'a forgotten wait'         | 'engine/metrics/TrafficMeter.java' | ' + run.firstTicks, count)'                         | ', count)'
        'a wait for ranks that ends late' | 'engine/serving/Gathering.java' | 'timeoutSteps - waited'             | 'timeoutSteps - waited + 1'
        'a wait for company that ends late' | 'engine/serving/Gathering.java' | 'moreSteps + 1 - more'            | 'moreSteps + 2 - more'
        'steps of a jump that do not count' | 'engine/serving/Gathering.java' | 'count(steps - 1);'               | ''
        'a run that an arrival does not cut' | 'engine/serving/WaitingLine.java' | 'level.size() == 1 || hold.isOn()' | 'level.size() == 1'
        'a rank that waits with nothing to do' | 'engine/serving/Gathering.java' | 'idle || (hasSlot && lacking)'   | 'idle'
        'a rank that lets another overtake' | 'engine/serving/Gathering.java' | 'return !full[rank];' | 'return sequence.prefillTarget() <= room[rank];'
        'the wrong rank'           | 'engine/serving/Gathering.java' | 'present[other] < present[rank]'          | 'present[other] > present[rank]'
        'an answer that never leaves its rank' | 'engine/serving/BatchFormer.java' | 'line.hold().stopDecoding(sequence);' | ''
        'a wait that is not counted in a run' | 'engine/serving/PromptBatching.java' | 'waited += (int) (steps - 1);' | ''
        'prompts that wait where nothing decodes' | 'engine/serving/PromptBatching.java' | 'decoding == 0 || starting == 0' | 'starting == 0'
        'a count that goes on after a start' | 'engine/serving/PromptBatching.java' | 'waited = 0;' | ''
        'a prompt that fills a step cut' | 'engine/serving/WaitingLine.java' | 'starting > 0 && tokens + own > budget' | 'false'
        'a prompt cut in two'      | 'engine/serving/BatchFormer.java' | 'wholePrompts && run.prompts > 0'                    | 'wholePrompts && run.prompts > 1'
        'an answer not reserved'   | 'engine/serving/Reservation.java' | 'Math.max(request.outputTokens(), mostOutputTokens)' | 'request.outputTokens()'
        'the wrong victim'         | 'engine/serving/Sequence.java'    | 'level > other.level'                                | 'level < other.level'
        'a late departure'         | 'engine/serving/Replica.java'     | 'cutAfter(run.firstBoundaryFrom(nowNanos));'         | ''
        'a start before it is ready' | 'engine/serving/Replica.java' | 'Math.max(nowNanos, readyNanos)'               | 'nowNanos'
        'a batch before it is ready' | 'engine/serving/BatchStation.java' | 'Math.max(due, readyNanos)'               | 'due'
        'a queue one too long'     | 'engine/serving/Replica.java'     | 'line.newcomers() < queueLimit'                      | 'line.newcomers() <= queueLimit'
        'blocks not as stated'     | 'plan/serving/MemoryBudget.java' | 'Math.floor(free / blockBytes) : stated;'      | 'Math.floor(free / blockBytes) : stated - 1;'
        'a journey for nothing'    | 'engine/serving/Replica.java' | ' + transfers.ticks(run.movedBlocks)'              | ''
        'room not given back'      | 'engine/serving/BatchFormer.java' | 'host.give(sequence.hostBlocks);'              | ''
        'a lost reference'         | 'engine/serving/PrefixCache.java' | 'block.holders++;'                             | ''
        'the wrong block gives way' | 'engine/serving/BlockRing.java' | 'oldest = ends.newer'                         | 'oldest = ends.older'
        'a prompt found to its last token' | 'engine/serving/PrefixCache.java' | '(sequence.prefillTarget() - 1)'       | 'sequence.prefillTarget()'
        'a beginning of the wrong group' | 'engine/serving/PrefixCache.java' | 'line(sequence, shared.group())'         | 'line(sequence, 0)'
        'answers forgotten'        | 'engine/workload/Conversations.java' | 'conversation.saidTokens = promptTokens + answerTokens;' | 'conversation.saidTokens = promptTokens;'
        'a conversation after a refusal' | 'engine/workload/Conversations.java' | 'boolean goesOn = !refused && '         | 'boolean goesOn = '
        'answers not found again'  | 'engine/serving/PrefixCache.java' | 'group, Integer.MAX_VALUE, known'               | 'group, sequence.request.promptTokens() / blockTokens, known'
        'a conversation lost'      | 'engine/serving/PrefixCache.java' | 'lines.put(line.number, line);'                 | ''
        'a free way back from the host' | 'engine/serving/BatchFormer.java' | 'run.movedBlocks += kv.admit('    | 'kv.admit('
        'no memory for what comes back' | 'engine/serving/KvBlocks.java' | 'sequence.blocks - found + brought'    | 'sequence.blocks - found'
        'a block too many on the host' | 'engine/serving/PrefixCache.java' | 'onHost.size() == hostBlocks'        | 'onHost.size() == hostBlocks + 1'
        'a block on the host that is taken for one here' | 'engine/serving/PrefixCache.java' | 'block == null || block.onHost' | 'block == null'
        'hashes without what is before' | 'engine/workload/HashChains.java' | 'new Beginning(before, '           | 'new Beginning(-2 - block, '
        'a block of the wrong hash' | 'engine/serving/LineChain.java' | '(place + 1L) * blockTokens - 1'            | '(long) place * blockTokens'
        'no room for drafts'       | 'engine/serving/SpeculativeSet.java' | '+ 1 + drafted)'                | '+ 1)'
        'a token less than verified' | 'engine/serving/SpeculativeSet.java' | 'Math.min(1 + accepted, '                   | 'Math.min(Math.max(1, accepted), '
        'one draw for all steps'   | 'engine/serving/SpeculativeSet.java' | 'sequence.speculativeSteps++'                | '0'
        'accepted tokens lost'     | 'engine/metrics/TrafficMeter.java' | ' + run.extra(traffic)'                      | ''
        'drafts outside the budget' | 'engine/serving/BatchFormer.java' | 'decoding.size() * tokensPerSequence'         | 'decoding.size()'
        'company not waited for'   | 'engine/serving/BatchStation.java' | 'line.oldestSentNanos() + delayNanos'            | 'line.oldestSentNanos()'
        'a batch that waits when full' | 'engine/serving/BatchStation.java' | 'line.size() >= batching'                   | 'line.size() > batching'
        'a device that works on two' | 'engine/serving/BatchStation.java' | 'Math.max(nowNanos + times.hostNanos(), deviceFreeNanos)' | 'nowNanos + times.hostNanos()'
        'an instance too many'     | 'engine/serving/BatchStation.java' | 'underWay.size() == batching'                  | 'underWay.size() - 1 == batching'
        'a cache that comes too late' | 'engine/serving/PoolGate.java' | 'replica.cutAfter(steps);'         | ''
        'blocks kept without a look at the run' | 'engine/serving/PoolGate.java' | 'replica.cutAfter(transit.stepsWithinBlocks(run.steps));'         | ''
        'blocks given back before the cache has left' | 'engine/serving/Transit.java' | 'kv.take(sequence.blocks);'         | ''
        'the wrong decoding replica' | 'engine/serving/KvLink.java' | 'free > most'         | 'free >= most'
        'two caches on the link at once' | 'engine/serving/KvLink.java' | 'freeNanos = end;'         | ''
        'a latency that keeps the link' | 'engine/serving/KvLink.java' | 'freeNanos = end;'         | 'freeNanos = end + times.latencyNanos();'
        'room for others than the preempted' | 'engine/serving/BatchFormer.java' | 'transit.setClosed(true);'         | ''
        'a slot kept twice' | 'engine/serving/Transit.java' | 'int others = running + expected;'         | 'int others = running + 2 * expected;'
        'a cache that comes for nothing' | 'engine/serving/Replica.java' | '+ run.joinTicks;'         | ';'
        'a cache that comes in each step of a run' | 'engine/observe/StepRun.java' | ' || joined > 0'         | ''
        'a first token before its step' | 'engine/serving/BatchFormer.java' | 'sequence.firstTokenNanos = nowNanos;'         | 'sequence.firstTokenNanos = nowNanos - 1;'
        'a newcomer from the other pool who is not counted' | 'engine/serving/BatchFormer.java' | 'join(sequence, step);'         | ''
        'wasted prefill that is forgotten' | 'engine/serving/TimeAccount.java' | 'sequence.parts[OTHERS] = 0;'                 | ''
        "a cap blamed on others' prompts" | 'engine/serving/TimeAccount.java' | 'parts.capped() ? uncapped(run) : ticks'       | 'ticks'
        'a cap taken for work'     | 'engine/serving/BatchStation.java' | 'ended.requests.size()) - throttled;'             | 'ended.requests.size());'
        'a wait taken for company' | 'engine/serving/BatchStation.java' | 'batching.instances() == underWay.size() ? freeNanos' | 'underWay.isEmpty() ? freeNanos'
        'a window that is never let go' | 'engine/serving/BatchFormer.java' | 'kv.give(sequence.blocks - kept);'         | ''
        'a window that is full a token late' | 'engine/serving/DecodingSet.java' | 'blockTokens + 1 - cached;'         | 'blockTokens + 2 - cached;'
        'a window in a block less' | 'plan/serving/KvGroups.java' | '(tokens - 1 + block - 1) / block + 1'         | '(tokens - 1 + block - 1) / block'
        'a jump over the end of a window' | 'engine/serving/DecodingSet.java' | 'Math.min(stepsToFinish(), windows.next() - step)'         | 'stepsToFinish()'
        'no room for the chunk beside the window' | 'plan/serving/KvGroups.java' | 'mostBlocks(window - 1L + chunk, block)'         | 'mostBlocks(window, block)'
        'a whole cache on the way' | 'engine/physics/HandoverTimes.java' | 'Math.min(promptTokens, windowTokens)'         | 'promptTokens'
        'a state that takes no blocks' | 'plan/serving/KvGroups.java' | 'windowed * window + stateBlocks;'         | 'windowed * window;'
        'one state for all drafted tokens' | 'plan/serving/KvGroups.java' | '1 + deployment.draftedTokens();'         | '1;'
        'a state that stays behind' | 'engine/physics/HandoverTimes.java' | 'bytesPerWindowToken + stateBytes;'         | 'bytesPerWindowToken;'
        'index keys that stay behind' | 'engine/physics/HandoverTimes.java' | 'MemoryBudget.kvBytesPerTokenAndLayer('         | 'MemoryBudget.attendedBytesPerTokenAndLayer('
        'windows that prompts do not have' | 'engine/physics/CausalPairs.java' | 'windowed == 0 ? Integer.MAX_VALUE' | 'windowed < 1000 ? Integer.MAX_VALUE'
        'a selection from a whole chunk' | 'engine/physics/CausalPairs.java' | 'Math.max(0, topTokens - done);'         | 'Math.min(chunk, topTokens);'
        'heads that are not filled up' | 'engine/physics/CausalPairs.java' | 'Math.ceil(heads / HEADS_AT_ONCE) * HEADS_AT_ONCE / heads'         | '1'
        'keys of the first step alone' | 'engine/physics/DecodeParts.java' | 'steps * contextTokens + decoding * (steps * (steps - 1) / 2);'         | 'steps * contextTokens;'
        'blocks of a prefill kept for one that comes with its cache' | 'engine/serving/PoolGate.java' | 'here.blocks = reservation.toDecode(sequence);'         | 'here.blocks = reservation.atAdmission(sequence);'
        'found blocks counted twice' | 'engine/serving/KvBlocks.java' | ' + cache.unheldAmong(sequence, found)'         | ''
        'tokens of earlier slices once more' | 'engine/run/DeploymentTimeline.java' | 'run.endedAt(i * sliceNanos)'              | '0'
        'preempted ones that do not wait' | 'engine/run/RunMeter.java' | 'timeline().waitsChange(now, 1)'                      | 'timeline().waitsChange(now, 0)'
        'a slice that forgets who waits' | 'engine/run/DeploymentTimeline.java' | 'waitingNow = (double) waits * (untilNanos - fromNanos);' | ''
    }
}
