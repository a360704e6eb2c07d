package org.vestibule.shared;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** A map before whose uses something can happen, as on another node at the worst moment. */
public final class Watched {

  private Watched() {}

  /**
   * @param beforeEach use; is given the name of the method
   */
  public static SharedMap map(SharedMap map, Consumer<String> beforeEach) {
    return (SharedMap)
        Proxy.newProxyInstance(
            SharedMap.class.getClassLoader(),
            new Class<?>[] {SharedMap.class},
            (proxy, method, arguments) -> {
              beforeEach.accept(method.getName());
              return method.invoke(map, arguments);
            });
  }
}
