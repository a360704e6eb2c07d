package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.session.SessionCodecTest.FULL;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class UserSessionTest {

  private final MockHttpSession session = new MockHttpSession();
  private final UserSession bean = new UserSession();
  private final StoredSession jane = StoredSession.of(FULL, new SessionCodec(Optional.empty()));

  @Test
  void whoever_was_put_there_is_there() {
    bean.session = session;
    UserSession.put(session, jane);

    assertThat(bean.get()).containsSame(jane);
    assertThat(UserSession.in(session)).containsSame(jane);
  }

  @Test
  void nobody_is_where_nobody_was_put() {
    assertThat(bean.get()).isEmpty();
    bean.session = session;
    assertThat(bean.get()).isEmpty();
  }

  /** Of another version of the application, whose classes it cannot have. */
  @Test
  void what_is_no_session_of_ours_is_nobody() {
    session.setAttribute(UserSession.ATTRIBUTE, "somebody");

    assertThat(UserSession.in(session)).isEmpty();
  }
}
