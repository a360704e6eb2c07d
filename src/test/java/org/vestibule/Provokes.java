package org.vestibule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;

/**
 * A test's promise to provoke these failures. {@link Provoked} holds it to every one of them, each
 * time it runs, and {@link ViolationTest} finds the failures that no test has promised.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Provoked.class)
public @interface Provokes {

  Violation[] value() default {};

  ProviderTrouble[] trouble() default {};

  Refusal[] refusal() default {};
}
