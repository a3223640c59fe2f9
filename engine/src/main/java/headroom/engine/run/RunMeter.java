package headroom.engine.run;

import headroom.engine.cost.Costs;
import headroom.engine.metrics.TrafficMeter;
import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.observe.StepRun;
import headroom.engine.workload.Request;
import headroom.engine.workload.SendWindow;
import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import headroom.result.SiteResult;
import headroom.result.Timeline;
import headroom.result.TrafficResult;
import java.util.ArrayList;
import java.util.List;

/** The probe that makes a {@link RunResult}. */
final class RunMeter implements Probe {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final SendWindow window;
    private final TrafficMeter[] traffics;
    private final DeploymentMeter[] deployments;
    private final int[] deploymentOfTraffic;
    private final boolean[] hasTokens;
    private long lastFinishNanos;
    private long stoppedNanos;
    private long nowNanos;

    RunMeter(Plan plan, SendWindow window) {
        this.plan = plan;
        this.window = window;
        int count = plan.traffics().size();
        this.traffics = new TrafficMeter[count];
        this.deploymentOfTraffic = new int[count];
        this.hasTokens = new boolean[count];
        for (int i = 0; i < count; i++) {
            deploymentOfTraffic[i] = Assembly.deploymentOf(plan, i);
            hasTokens[i] = plan.traffics().get(i).hasTokens();
            boolean cached = plan.deployed().get(deploymentOfTraffic[i]) instanceof DeploymentSpec tokens
                    && tokens.kvCache().prefixCache();
            traffics[i] = new TrafficMeter(i, plan.traffics().get(i), cached, window);
        }
        this.deployments = new DeploymentMeter[plan.deployed().size()];
        for (int i = 0; i < deployments.length; i++) {
            Deployed spec = plan.deployed().get(i);
            deployments[i] = DeploymentMeter.of(spec, siteOf(spec), window, count);
        }
    }

    private SiteSpec siteOf(Deployed deployment) {
        return plan.sites().stream()
                .filter(site -> site.name().equals(deployment.site()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void arrived(int deployment, Request request, long now) {
        deployments[deployment].timeline().arrived(now);
        traffics[request.traffic()].arrived(request, now);
    }

    @Override
    public void rejected(int deployment, Request request, Rejection reason, long now) {
        lastFinishNanos = now;
        deployments[deployment].timeline().waitsChange(now, -1);
        traffics[request.traffic()].rejected(request, reason, now);
    }

    @Override
    public void admitted(int deployment, Request request, int foundTokens, long now) {
        deployments[deployment].timeline().waitsChange(now, -1);
        traffics[request.traffic()].admitted(request, foundTokens, now);
    }

    @Override
    public void timedOut(int deployment, Request request, long now) {
        lastFinishNanos = now;
        deployments[deployment].timeline().waitsChange(now, -1);
        traffics[request.traffic()].timedOut(request, now);
    }

    @Override
    public void preempted(int deployment, Request request, boolean swapped, long now) {
        deployments[deployment].timeline().waitsChange(now, 1);
        deployments[deployment].preempted(swapped, now);
    }

    @Override
    public void rejoined(int deployment, Request request, long now) {
        deployments[deployment].timeline().waitsChange(now, -1);
    }

    @Override
    public void prefilled(int deployment, Request request, long now) {
        // Nothing is delivered yet, and the steps are counted by themselves.
    }

    @Override
    public void firstToken(int deployment, Request request, long now) {
        deployments[deployment].timeline().delivered(now);
        traffics[request.traffic()].firstToken(request, now);
    }

    @Override
    public void resumed(int deployment, Request request, long gapNanos) {
        deployments[deployment].timeline().delivered(nowNanos);
        traffics[request.traffic()].resumed(request, gapNanos, nowNanos);
    }

    @Override
    public void finished(
            int deployment, Request request, long firstTokenNanos, long now, long clientNanos, long[] partNanos) {
        lastFinishNanos = now;
        deployments[deployment].timeline().finished(now);
        traffics[request.traffic()].finished(request, firstTokenNanos, now, clientNanos, partNanos);
    }

    @Override
    public void started(int deployment, int replica, StepRun run) {
        deployments[deployment].started(replica, run);
    }

    @Override
    public void ran(int deployment, int replica, StepRun run) {
        nowNanos = run.boundaryNanos(run.steps);
        deployments[deployment].ran(run, nowNanos);
        for (int i = 0; i < traffics.length; i++) {
            if (deploymentOfTraffic[i] == deployment && hasTokens[i]) {
                traffics[i].ran(run);
            }
        }
    }

    @Override
    public void cutShort(int deployment, int replica, StepRun run, long limitNanos) {
        deployments[deployment].cutShort(run, limitNanos);
        stoppedNanos = limitNanos;
    }

    @Override
    public void leftWaiting(long limitNanos) {
        stoppedNanos = limitNanos;
    }

    @Override
    public void handedOver(int deployment, long startNanos, long endNanos, double bytes) {
        deployments[deployment].handedOver(startNanos, endNanos, bytes);
    }

    @Override
    public void idle(int deployment, int replica, long now) {
        deployments[deployment].idle(replica, now);
    }

    RunResult toResult(RunResult.Identity identity, long lastEventNanos) {
        long endNanos =
                window.untilNanos() == Long.MAX_VALUE ? Math.max(lastFinishNanos, stoppedNanos) : window.untilNanos();
        RunResult.Window counted = new RunResult.Window(
                window.fromNanos() / NANOS_PER_SECOND,
                endNanos / NANOS_PER_SECOND,
                Math.max(endNanos, lastEventNanos) / NANOS_PER_SECOND);
        List<TrafficResult> trafficResults = new ArrayList<>();
        for (int i = 0; i < traffics.length; i++) {
            int deployment = deploymentOfTraffic[i];
            String name = plan.deployed().get(deployment).name();
            int entrance = plan.entranceOf(deployment);
            Double prefillShare = entrance == deployment ? null : (Double) deployments[entrance].share(i);
            trafficResults.add(traffics[i].toResult(name, endNanos, deployments[deployment].share(i), prefillShare));
        }
        List<DeploymentResult> deploymentResults = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        for (DeploymentMeter meter : deployments) {
            deploymentResults.add(meter.toResult(counted.seconds()));
            timelines.add(meter.timeline().toResult(endNanos));
        }
        List<SiteResult> siteResults = new ArrayList<>();
        for (SiteSpec site : plan.sites()) {
            siteResults.add(site(site, deploymentResults, counted.seconds()));
        }
        return new RunResult(identity, counted, trafficResults, deploymentResults, siteResults, timelines);
    }

    private static SiteResult site(SiteSpec site, List<DeploymentResult> deployments, double windowSeconds) {
        int deployed = 0;
        double joules = 0;
        Double carbon = site.grid().gCo2PerKwh() == null ? null : 0.0;
        for (DeploymentResult deployment : deployments) {
            if (deployment.site().equals(site.name())) {
                deployed += deployment.devices();
                joules += deployment.energy().facilityJoules();
                Double grams = deployment.energy().carbonGrams();
                carbon = carbon == null || grams == null ? null : Double.valueOf(carbon + grams);
            }
        }
        return new SiteResult(
                site.name(),
                site.pools().stream().mapToInt(HardwarePool::count).sum(),
                deployed,
                joules,
                carbon,
                Costs.siteRentUsd(site, windowSeconds),
                Costs.electricityUsd(site, joules));
    }
}
