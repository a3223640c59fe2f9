// Specs of this module share nothing that changes, so two run at a time; a spec that measures time is @Isolated.
runner {
    parallel {
        enabled true
        fixed 2
    }
}
