package headroom.app;

/** What the command tells the shell. */
final class ExitCode {
    /** It worked, and every claim held. */
    static final int OK = 0;

    /** A claim failed, or Headroom itself did. */
    static final int FAILED = 1;

    /** The user can mend it: a wrong option, a wrong script, a folder that cannot be written. */
    static final int USER = 2;

    /**
     * Nothing was done yet: the launcher is to start the same command with Java's optimising compiler. Only a Java that it
     * started for {@linkplain RunSize small runs} ends so; no user sees it.
     */
    static final int LARGE = 75;

    private ExitCode() {}
}
