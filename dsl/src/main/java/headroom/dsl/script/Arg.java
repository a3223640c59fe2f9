package headroom.dsl.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a parameter of a {@link Word} accepts; a parameter without it is a mandatory positional value of its type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Arg {
    /** The value of {@link #otherwise()} that makes an argument mandatory. */
    String NEEDED = "(needed)";

    /** Whether it is given by name: {@code count: 8}. */
    boolean named() default false;

    /** A value as scripts write it; for quantities its unit decides what is accepted. */
    String like() default "";

    /** The default, as scripts would write it; empty means not stated (null). */
    String otherwise() default NEEDED;
}
