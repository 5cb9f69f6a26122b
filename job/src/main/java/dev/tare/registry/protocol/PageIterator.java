package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names page by page: a page is asked for when the one before it is used up. Not thread-safe. */
final class PageIterator implements Iterator<String> {
  /** A registry that sends nothing but links would be followed for ever. */
  private static final int MOST_EMPTY_PAGES = 100;

  /** What no registry has of tags in a repository, nor of repositories. */
  private static final int MOST_PAGES = 100_000;

  private static final int MOST_NAMES = 1_000_000;

  private final String action;
  private final @Nullable String hint;
  private final Function<@Nullable String, Page> pages;
  private final Set<String> asked = new HashSet<>();

  private int count;
  private Iterator<String> names;
  private @Nullable String nextQuery;

  /**
   * Starts.
   *
   * @param firstQuery of the first page
   * @param pages from a query to its page
   */
  PageIterator(
      String action,
      @Nullable String hint,
      String firstQuery,
      Function<@Nullable String, Page> pages) {
    this.action = action;
    this.hint = hint;
    this.pages = pages;
    this.nextQuery = firstQuery;
    this.names = Collections.emptyIterator();
  }

  @Override
  public boolean hasNext() {
    int empty = 0;
    String query = nextQuery;
    while (!names.hasNext() && query != null) {
      if (!asked.add(query)) {
        throw new TareException(
            FailureKind.BAD_CONTENT,
            action + ": the link to the next page leads to a page seen before, ?" + query,
            hint);
      }
      Page page = pages.apply(query);
      if (page.names().isEmpty() && ++empty > MOST_EMPTY_PAGES) {
        throw new TareException(
            FailureKind.LIMIT,
            action + ": more than " + MOST_EMPTY_PAGES + " empty pages one after another",
            hint);
      }
      count += page.names().size();
      if (asked.size() > MOST_PAGES || count > MOST_NAMES) {
        throw new TareException(
            FailureKind.LIMIT,
            action + ": more than " + MOST_PAGES + " pages or " + MOST_NAMES + " names",
            hint);
      }
      names = page.names().iterator();
      query = page.nextQuery();
      nextQuery = query;
    }
    return names.hasNext();
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return names.next();
  }
}
