package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.registry.wire.RegistryHost;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The images of a registry that speaks the distribution protocol. */
public final class RegistryImageSource implements ImageSource {
  /** More tags than any repository has; each is a string in memory. */
  static final int MOST_TAGS = 1_000_000;

  private static final int MOST_REFERRER_PAGES = 20;

  private final RegistryHost host;
  private final RegistryCaller caller;
  private final int pageSize;

  /** Behind one host some repositories may have the API and others not: a proxy's, for example. */
  private final Set<String> withoutReferrersApi = ConcurrentHashMap.newKeySet();

  public RegistryImageSource(RegistryHost host, RegistryCaller caller, int pageSize) {
    this.host = host;
    this.caller = caller;
    this.pageSize = pageSize;
  }

  @Override
  public String registry() {
    return host.name();
  }

  @Override
  public Iterator<String> repositories() {
    CatalogPage first = new CatalogPage(host, null);
    return new PageIterator(
        first.action(),
        "Name the repositories as targets instead.",
        firstQuery(),
        query -> caller.call(new CatalogPage(host, query)));
  }

  @Override
  public List<String> tags(String repository) {
    Reference.tagged(host.name(), repository, "latest"); // Its name becomes part of an address.
    TagsPage first = new TagsPage(host, repository, null);
    Iterator<String> names =
        new PageIterator(
            first.action(),
            null,
            firstQuery(),
            query -> caller.call(new TagsPage(host, repository, query)));
    TreeSet<String> tags = new TreeSet<>();
    while (names.hasNext()) {
      tags.add(names.next());
      if (tags.size() > MOST_TAGS) {
        throw new TareException(
            FailureKind.LIMIT, first.action() + ": more than " + MOST_TAGS + " tags");
      }
    }
    return List.copyOf(tags);
  }

  @Override
  public Descriptor resolve(Reference image) {
    return head(image).orElseGet(() -> manifest(image).descriptor());
  }

  /** Empty where the registry does not say all there is to say to HEAD. */
  private Optional<Descriptor> head(Reference image) {
    try {
      return caller
          .call(new ManifestHead(image))
          .filter(found -> image.digest() == null || found.digest().equals(image.digest()));
    } catch (TareException e) {
      if (e.kind() == FailureKind.NOT_FOUND || e.kind() == FailureKind.BAD_CONTENT) {
        // An answer to HEAD has no body: the answer to GET says why, or that HEAD is not known.
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public FetchedManifest manifest(Reference image) {
    return caller.call(new ManifestGet(image));
  }

  @Override
  public InputStream blob(String repository, Descriptor blob) {
    Reference.byDigest(host.name(), repository, blob.digest()); // Becomes part of an address.
    return BlobStream.whole(caller, host, repository, blob);
  }

  @Override
  public Optional<InputStream> blobPart(
      String repository, Descriptor blob, long offsetBytes, long lengthBytes) {
    Reference.byDigest(host.name(), repository, blob.digest()); // Becomes part of an address.
    return BlobStream.part(
        caller, new BlobPartGet(host, repository, blob.digest(), offsetBytes, lengthBytes));
  }

  @Override
  public Optional<List<Descriptor>> referrers(String repository, Digest subject) {
    Reference.byDigest(host.name(), repository, subject); // Becomes part of an address.
    if (withoutReferrersApi.contains(repository)) {
      return Optional.empty();
    }
    List<Descriptor> all = new ArrayList<>();
    String query = null;
    for (int page = 0; page < MOST_REFERRER_PAGES; page++) {
      ReferrersGet.Part part;
      try {
        part = caller.call(new ReferrersGet(host, repository, subject, query));
      } catch (TareException e) {
        if (page == 0 && e.kind() == FailureKind.NOT_FOUND) {
          // Where there is the API, it answers with an empty list, never with 404.
          withoutReferrersApi.add(repository);
          return Optional.empty();
        }
        throw e;
      }
      all.addAll(part.referrers());
      query = part.nextQuery();
      if (query == null) {
        return Optional.of(all);
      }
    }
    throw new TareException(
        FailureKind.LIMIT,
        new ReferrersGet(host, repository, subject, null).action()
            + ": more than "
            + MOST_REFERRER_PAGES
            + " pages");
  }

  private String firstQuery() {
    return "n=" + pageSize;
  }

  @Override
  public void close() {
    caller.close();
  }
}
