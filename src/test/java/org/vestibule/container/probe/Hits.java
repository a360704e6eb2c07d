package org.vestibule.container.probe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How often each part of the application ran: a request that was refused must not show here. */
@ApplicationScoped
public class Hits {

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Counts one more. */
  public void count(String part) {
    counts.merge(part, 1, Integer::sum);
  }

  /** Lines of {@code part=count}. */
  public String report() {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
  }
}
