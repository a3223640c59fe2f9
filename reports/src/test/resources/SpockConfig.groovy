// Specs of this module share nothing that changes, so two run at a time.
runner {
    parallel {
        enabled true
        fixed 2
    }
}
