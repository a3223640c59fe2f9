package headroom.app;

/** What the command tells the shell. */
final class ExitCode {
    /** It worked, and every claim held. */
    static final int OK = 0;

    /** A claim failed, or Headroom itself did. */
    static final int FAILED = 1;

    /** The user can mend it: a wrong option, a wrong script, a folder that cannot be written. */
    static final int USER = 2;

    private ExitCode() {}
}
