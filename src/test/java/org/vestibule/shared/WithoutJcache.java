package org.vestibule.shared;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.util.Optional;

/** Our classes as they are loaded in a server that has no JCache. */
final class WithoutJcache extends URLClassLoader {

  WithoutJcache() {
    super(
        new URL[] {SharedState.class.getProtectionDomain().getCodeSource().getLocation()},
        ClassLoader.getPlatformClassLoader());
  }

  Object cluster(String cache) throws ReflectiveOperationException {
    return loadClass(SharedState.class.getName())
        .getMethod("of", Optional.class, Optional.class, Clock.class)
        .invoke(null, Optional.of(cache), Optional.empty(), Clock.systemUTC());
  }
}
