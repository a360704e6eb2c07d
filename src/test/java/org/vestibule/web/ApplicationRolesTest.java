package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.api.LoggedIn;
import org.vestibule.api.RolesContributor;
import org.vestibule.protocol.Refusal;

class ApplicationRolesTest {

  private static final LoggedIn JANE = new LoggedIn("corp", "jane", Map.of("sub", "248289761001"));

  private final List<RolesContributor> destroyed = new ArrayList<>();

  private Instance.Handle<RolesContributor> bean(Class<?> scope, RolesContributor contributor) {
    Object bean =
        Proxy.newProxyInstance(
            Bean.class.getClassLoader(),
            new Class<?>[] {Bean.class},
            (proxy, method, arguments) -> method.getName().equals("getScope") ? scope : null);
    return new Instance.Handle<>() {
      @Override
      public RolesContributor get() {
        return contributor;
      }

      @Override
      @SuppressWarnings("unchecked")
      public Bean<RolesContributor> getBean() {
        return (Bean<RolesContributor>) bean;
      }

      @Override
      public void destroy() {
        destroyed.add(contributor);
      }

      @Override
      public void close() {
        destroy();
      }
    };
  }

  @Test
  void the_roles_of_all_contributors_count() {
    RolesContributor database =
        user -> Set.of("customer-" + user.claims().get("sub"), user.provider());
    RolesContributor always = user -> Set.of("staff");

    assertThat(
            ApplicationRoles.of(
                List.of(bean(ApplicationScoped.class, database), bean(Dependent.class, always)),
                JANE))
        .containsExactlyInAnyOrder("customer-248289761001", "corp", "staff");
    assertThat(ApplicationRoles.of(List.of(), JANE)).isEmpty();
  }

  @Test
  void only_what_was_made_for_the_question_is_destroyed() {
    RolesContributor shared = user -> Set.of();
    RolesContributor own = user -> Set.of();

    ApplicationRoles.of(
        List.of(bean(ApplicationScoped.class, shared), bean(Dependent.class, own)), JANE);

    assertThat(destroyed).containsExactly(own);
  }

  @Test
  @Provokes(refusal = Refusal.ROLES_UNAVAILABLE)
  void a_contributor_that_fails_ends_the_login() {
    RolesContributor broken =
        user -> {
          throw new IllegalStateException("the database is down");
        };

    assertFails(
        Refusal.ROLES_UNAVAILABLE,
        () -> ApplicationRoles.of(List.of(bean(ApplicationScoped.class, broken)), JANE));
  }
}
