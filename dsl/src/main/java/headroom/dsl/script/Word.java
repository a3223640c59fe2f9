package headroom.dsl.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A word of the language: a public method of a {@link Vocabulary}. The reference is made from these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Word {
    /** What it says, in one line. */
    String doc();

    /** A line that works as it stands. */
    String example();

    /** Whether a block may say it more than once. */
    boolean repeats() default false;

    /**
     * The line that means the same as leaving the word out; {@link Arg#NEEDED} where its block must have it, empty where
     * no line does.
     */
    String otherwise() default "";

    /** What it gives, where the type of its method does not say so because a mistake gives something else. */
    Class<?>[] gives() default {};
}
