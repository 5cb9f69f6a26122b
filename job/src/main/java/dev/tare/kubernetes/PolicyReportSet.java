package dev.tare.kubernetes;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The policy reports that one owner has in a cluster. What a run applies takes the place of what
 * the owner's run before applied; nobody else's reports are touched.
 *
 * <p>Applied by server-side apply: made where there is none, changed where there is one.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">server-side
 *     apply</a>
 */
public final class PolicyReportSet implements AutoCloseable {
  private static final String OWNER = "tare.dev/owner";
  private static final String REPOSITORY = "tare.dev/repository";
  private static final String FIELD_MANAGER = "tare";
  private static final String CLUSTER_SCOPED = "ClusterPolicyReport";
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
   */
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?");

  private static final ResourceDefinitionContext IN_NAMESPACES = kind("PolicyReport", true);
  private static final ResourceDefinitionContext IN_CLUSTER = kind(CLUSTER_SCOPED, false);

  private final KubernetesClient client;
  private final ClusterTarget destination;
  private final String owner;
  private final PolicyReportLimits limits;
  private final Set<String> current = new HashSet<>();
  private final List<TareException> failures = new ArrayList<>();
  private long bytes;

  /** How many reports there are now, and how many of an earlier run were removed. */
  public record Change(int applied, int removed) {}

  PolicyReportSet(
      KubernetesClient client, ClusterTarget destination, String owner, PolicyReportLimits limits) {
    this.client = client;
    this.destination = destination;
    this.owner = owner;
    this.limits = limits;
  }

  private static ResourceDefinitionContext kind(String kind, boolean namespaced) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("wgpolicyk8s.io")
        .withVersion("v1alpha2")
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(namespaced)
        .build();
  }

  /**
   * An owner's reports; nothing is sent before the first of them.
   *
   * @param destination where they are: all in its namespace, or where each says itself
   * @param owner a label's value
   * @throws TareException USAGE for a context that does not exist
   */
  public static PolicyReportSet open(ClusterTarget destination, String owner) {
    return new PolicyReportSet(
        ClusterConnection.standard().open(destination.context()),
        destination,
        owner,
        PolicyReportLimits.DEFAULTS);
  }

  /** Whether an owner may be called this. */
  public static boolean isOwner(String name) {
    return LABEL.matcher(name).matches();
  }

  /**
   * Applies one. A refusal of this one alone is remembered for {@link #finish}.
   *
   * @param report a {@code PolicyReport} or {@code ClusterPolicyReport} in JSON
   * @throws TareException ENVIRONMENT where no other will be taken either, LIMIT where they are too
   *     many
   */
  public void apply(String report) {
    bytes += report.getBytes(StandardCharsets.UTF_8).length;
    if (current.size() == limits.reports() || bytes > limits.bytes()) {
      throw new TareException(
          FailureKind.LIMIT,
          "apply policy reports to "
              + destination
              + ": more than "
              + limits.reports()
              + " reports or "
              + limits.bytes()
              + " bytes",
          "etcd holds little more: scan what runs (k8s:), or fewer tags of each repository (--tags).");
    }
    GenericKubernetesResource resource =
        Serialization.unmarshal(report, GenericKubernetesResource.class);
    resource.getMetadata().getLabels().put(OWNER, owner);
    if (destination.namespace() != null) {
      resource.getMetadata().setNamespace(destination.namespace());
    }
    String name = nameOf(resource);
    current.add(name);
    try {
      client
          .genericKubernetesResources(
              resource.getKind().equals(CLUSTER_SCOPED) ? IN_CLUSTER : IN_NAMESPACES)
          .resource(resource)
          .fieldManager(FIELD_MANAGER)
          .forceConflicts()
          .serverSideApply();
    } catch (KubernetesClientException e) {
      TareException failure = failure("apply " + name, e);
      if (!isOfOneOnly(e)) {
        throw failure;
      }
      failures.add(failure);
    }
  }

  /** A namespace that is gone or not allowed says nothing about the others. */
  private static boolean isOfOneOnly(KubernetesClientException e) {
    return e.getCode() / 100 == 4
        && e.getCode() != HttpURLConnection.HTTP_UNAUTHORIZED
        && e.getCode() != TOO_MANY_REQUESTS;
  }

  /**
   * Removes the owner's reports that were not applied now.
   *
   * @param kept repositories whose reports stay, as this run could not look into them
   * @throws TareException after all that could be done was, where something could not
   */
  public Change finish(Predicate<String> kept) {
    int removed = 0;
    try {
      removed += removeStale(IN_NAMESPACES, kept);
      if (destination.namespace() == null) {
        removed += removeStale(IN_CLUSTER, kept);
      }
    } catch (KubernetesClientException e) {
      failures.add(failure("remove policy reports of owner " + owner, e));
    }
    if (!failures.isEmpty()) {
      TareException first = failures.getFirst();
      String others = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
      throw new TareException(first.kind(), first.getMessage() + others, first.hint(), first);
    }
    return new Change(current.size(), removed);
  }

  private int removeStale(ResourceDefinitionContext kind, Predicate<String> kept) {
    List<GenericKubernetesResource> stale = new ArrayList<>();
    ListOptions page = new ListOptionsBuilder().withLimit((long) limits.pageSize()).build();
    do {
      GenericKubernetesResourceList reports = owned(kind).list(page);
      for (GenericKubernetesResource report : reports.getItems()) {
        if (isStale(report, kept)) {
          // Of a megabyte its name is enough.
          report.setAdditionalProperties(Map.of());
          stale.add(report);
        }
      }
      page.setContinue(reports.getMetadata().getContinue());
    } while (page.getContinue() != null && !page.getContinue().isEmpty());
    stale.forEach(one -> client.genericKubernetesResources(kind).resource(one).delete());
    return stale.size();
  }

  private Listable<GenericKubernetesResourceList> owned(ResourceDefinitionContext kind) {
    var all = client.genericKubernetesResources(kind);
    if (!kind.isNamespaceScoped()) {
      return all.withLabel(OWNER, owner);
    }
    String namespace = destination.namespace();
    return namespace == null
        ? all.inAnyNamespace().withLabel(OWNER, owner)
        : all.inNamespace(namespace).withLabel(OWNER, owner);
  }

  private boolean isStale(GenericKubernetesResource report, Predicate<String> kept) {
    Map<String, String> annotations = report.getMetadata().getAnnotations();
    String repository = annotations == null ? null : annotations.get(REPOSITORY);
    return !current.contains(nameOf(report)) && (repository == null || !kept.test(repository));
  }

  private static String nameOf(GenericKubernetesResource report) {
    String namespace = report.getMetadata().getNamespace();
    return report.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + report.getMetadata().getName();
  }

  private TareException failure(String action, KubernetesClientException e) {
    String what =
        action + " of " + destination + " at " + client.getMasterUrl() + ": " + ApiAnswer.of(e);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new TareException(
              FailureKind.DENIED,
              what,
              "It takes the verbs create, patch, list and delete on them; docs/kubernetes.md shows the role.",
              e);
      case HttpURLConnection.HTTP_NOT_FOUND ->
          new TareException(
              FailureKind.ENVIRONMENT,
              what,
              "The namespace must exist, and the definition of policy reports be installed: kubectl get crd"
                  + " policyreports.wgpolicyk8s.io",
              e);
      default ->
          new TareException(
              FailureKind.ENVIRONMENT,
              what,
              "The run is complete and its reports are written; tare report --apply-policy-reports"
                  + " applies them again.",
              e);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
