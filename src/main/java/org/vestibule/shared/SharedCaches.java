package org.vestibule.shared;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * In caches of a JCache provider (JSR 107), each named {@code org.vestibule.} and the name of its
 * map. A cache of that name that the provider's own configuration has is taken as it is.
 *
 * <p>Keys and values are strings and nothing of ours is run by the engine, since its nodes need not
 * have our classes.
 */
final class SharedCaches implements SharedState {

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  private static final String PREFIX = "org.vestibule.";
  private static final int ATTEMPTS = 10;

  /** Where the manager comes from. */
  interface Source {
    CacheManager find() throws NamingException;
  }

  private final String manager;
  private final Source source;
  private final boolean isOurs;
  private volatile @Nullable AutoCloseable opened;

  /** A manager of somebody else, which stays open. */
  SharedCaches(String manager, Source source) {
    this(manager, source, false);
  }

  /**
   * @param manager names it in messages
   */
  private SharedCaches(String manager, Source source, boolean isOurs) {
    this.manager = manager;
    this.source = source;
    this.isOurs = isOurs;
  }

  /**
   * The manager that is named; it is looked for when something is asked for, and so not at all
   * where there is no JCache.
   *
   * <p>With the provider's own class loader, since Hazelcast tells caches apart by loader and URI:
   * another loader on another node would not have the same ones.
   *
   * @param application sees the provider
   */
  static SharedCaches named(String manager, @Nullable ClassLoader application) {
    return new SharedCaches(manager, new Named(manager, application), isUri(manager));
  }

  /** No lambda expression: making one needs the classes that it names. */
  private record Named(String manager, @Nullable ClassLoader application) implements Source {

    /** The name is the administrator's. */
    @Override
    @SuppressWarnings("BanJNDI")
    public CacheManager find() throws NamingException {
      return isUri(manager)
          ? Caching.getCachingProvider(application).getCacheManager(URI.create(manager), null)
          : InitialContext.doLookup(manager);
    }
  }

  /** One that was found by a URI is made for this application's provider. */
  @Override
  public void close() {
    AutoCloseable open = opened;
    if (isOurs && open != null) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.log(Level.FINE, "the manager of the caches", e);
      }
    }
  }

  private CacheManager manager() throws NamingException {
    CacheManager found = source.find();
    opened = found;
    return found;
  }

  @Override
  public SharedMap map(String name, Duration lifetime) {
    try {
      Class<?> unused = Cache.class;
      return new CacheMap(PREFIX + name, lifetime);
    } catch (LinkageError e) {
      return new UnreachableMap("without JCache there is no manager " + manager, e);
    }
  }

  private static boolean isUri(String manager) {
    return manager.matches("(?!java:)[A-Za-z][A-Za-z0-9+.-]+:.*");
  }

  private final class CacheMap implements SharedMap {

    private final String name;
    private final Duration lifetime;
    private volatile @Nullable Cache<String, String> open;

    CacheMap(String name, Duration lifetime) {
      this.name = name;
      this.lifetime = lifetime;
    }

    /** A cache that was closed with its engine is asked for again. */
    private Cache<String, String> cache() throws NamingException {
      Cache<String, String> cache = open;
      if (cache == null || cache.isClosed()) {
        cache = find(manager());
        open = cache;
      }
      return cache;
    }

    private Cache<String, String> find(CacheManager manager) {
      Cache<String, String> there = manager.getCache(name, String.class, String.class);
      if (there != null) {
        return there;
      }
      try {
        return manager.createCache(name, configuration());
      } catch (RuntimeException another) {
        // Of two nodes that make it at the same time one fails, and finds it there.
        Cache<String, String> made = manager.getCache(name, String.class, String.class);
        if (made == null) {
          throw another;
        }
        return made;
      }
    }

    private Configuration<String, String> configuration() {
      return new MutableConfiguration<String, String>()
          .setTypes(String.class, String.class)
          .setExpiryPolicyFactory(
              ModifiedExpiryPolicy.factoryOf(
                  new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, lifetime.toMillis())));
    }

    /** Engines throw more than the exceptions of the specification when they are cut off. */
    private <T extends @Nullable Object> T ask(Function<Cache<String, String>, T> question) {
      try {
        return question.apply(cache());
      } catch (NamingException | RuntimeException e) {
        throw new SharedStateException(name + " of the JCache manager " + manager, e);
      }
    }

    @Override
    public @Nullable String get(String key) {
      return this.<@Nullable String>ask(cache -> cache.get(key));
    }

    @Override
    public void put(String key, String value) {
      Object unused =
          ask(
              cache -> {
                cache.put(key, value);
                return name;
              });
    }

    @Override
    public @Nullable String putIfAbsent(String key, String value) {
      return this.<@Nullable String>ask(cache -> putIfAbsent(cache, key, value));
    }

    /** What was there may be gone by the time that it is read. */
    private @Nullable String putIfAbsent(Cache<String, String> cache, String key, String value) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (cache.putIfAbsent(key, value)) {
          return null;
        }
        String there = cache.get(key);
        if (there != null) {
          return there;
        }
      }
      throw new IllegalStateException(name + " neither has an entry nor takes one");
    }

    @Override
    public boolean replace(String key, String expected, String value) {
      return ask(cache -> cache.replace(key, expected, value));
    }

    @Override
    public void remove(String key) {
      boolean unused = ask(cache -> cache.remove(key));
    }

    @Override
    public Map<String, String> all() {
      return ask(
          cache -> {
            Map<String, String> all = new HashMap<>();
            cache.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
            return all;
          });
    }
  }
}
