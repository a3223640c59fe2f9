import org.spockframework.runtime.model.parallel.ExecutionMode

// Two specs of a module run at a time; one that measures time or sets what all share is @Isolated. Features of one spec, which may share a
// browser or a folder, run one after the other.
runner {
    parallel {
        enabled true
        defaultExecutionMode ExecutionMode.SAME_THREAD
        defaultSpecificationExecutionMode ExecutionMode.CONCURRENT
        fixed 2
    }
}
