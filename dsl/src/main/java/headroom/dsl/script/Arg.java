package headroom.dsl.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of a {@link Word} accepts; only a block needs none, since its words have their own. Without {@link
 * #named} it is given by its position.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Arg {
    /** The value of {@link #otherwise()} that makes an argument mandatory. */
    String NEEDED = "(needed)";

    /** What it means, in one line. */
    String doc();

    /** Whether it is given by name: {@code count: 8}. */
    boolean named() default false;

    /** A value as scripts write it; for quantities its unit decides what is accepted. */
    String like() default "";

    /** The default, as scripts would write it. */
    String otherwise() default NEEDED;

    /** What holds when it is left out, in words, where there is no default; its value is then null. */
    String unsaid() default "";
}
