package org.vestibule.showcase;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings that belong to these pages whichever server they run on and whoever the provider is.
 * Anything that is configured counts more.
 */
public final class ShowcaseDefaults implements ConfigSource {

  private static final int ORDINAL = 50;

  private static final Map<String, String> SETTINGS =
      Map.of("oauth.public-paths", "/,/index.html,/favicon.svg,/assets/*");

  /** For {@code ServiceLoader}. */
  public ShowcaseDefaults() {}

  @Override
  public Set<String> getPropertyNames() {
    return SETTINGS.keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return SETTINGS.get(name);
  }

  @Override
  public String getName() {
    return "the showcase";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
