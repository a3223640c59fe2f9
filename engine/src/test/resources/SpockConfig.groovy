import org.spockframework.runtime.model.parallel.ExecutionMode

// Two specs run at a time. Features of one spec, which may share a browser or a folder, run one after the other.
runner {
    parallel {
        enabled true
        defaultExecutionMode ExecutionMode.SAME_THREAD
        defaultSpecificationExecutionMode ExecutionMode.CONCURRENT
        fixed 2
    }
}
