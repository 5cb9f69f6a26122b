package dev.tare.kubernetes;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.net.HttpURLConnection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists objects of a cluster or of one of its namespaces, page by page. */
final class ClusterReader {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterReader.class);

  private final KubernetesClient client;
  private final ClusterTarget target;
  private final ClusterLimits limits;

  ClusterReader(KubernetesClient client, ClusterTarget target, ClusterLimits limits) {
    this.client = client;
    this.target = target;
    this.limits = limits;
  }

  void pods(Consumer<Pod> consumer) {
    String namespace = target.namespace();
    each(
        "pods",
        namespace == null ? client.pods().inAnyNamespace() : client.pods().inNamespace(namespace),
        consumer);
  }

  /** Hands over the UID of each replica set that has a controller, and that. */
  void replicaSetControllers(BiConsumer<String, OwnerReference> consumer) {
    String namespace = target.namespace();
    controllers(
        "replicasets",
        namespace == null
            ? client.apps().replicaSets().inAnyNamespace()
            : client.apps().replicaSets().inNamespace(namespace),
        consumer);
  }

  /** Hands over the UID of each job that has a controller, and that. */
  void jobControllers(BiConsumer<String, OwnerReference> consumer) {
    String namespace = target.namespace();
    controllers(
        "jobs",
        namespace == null
            ? client.batch().v1().jobs().inAnyNamespace()
            : client.batch().v1().jobs().inNamespace(namespace),
        consumer);
  }

  /** Without the permission the owner that the pod itself names has to do. */
  private <T extends HasMetadata> void controllers(
      String resource,
      Listable<? extends KubernetesResourceList<T>> list,
      BiConsumer<String, OwnerReference> consumer) {
    try {
      each(
          resource,
          list,
          object ->
              object.getMetadata().getOwnerReferences().stream()
                  .filter(one -> Boolean.TRUE.equals(one.getController()))
                  .forEach(one -> consumer.accept(object.getMetadata().getUid(), one)));
    } catch (TareException e) {
      if (e.kind() != FailureKind.DENIED) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("target", target)
          .addKeyValue("resource", resource)
          .log("No permission to list owners; pods are reported under what they name themselves");
    }
  }

  private <T extends HasMetadata> void each(
      String resource, Listable<? extends KubernetesResourceList<T>> list, Consumer<T> consumer) {
    String position = null;
    int count = 0;
    do {
      KubernetesResourceList<T> page = ask(resource, list::list, position);
      count += page.getItems().size();
      if (count > limits.pods()) {
        throw new TareException(
            FailureKind.LIMIT,
            action(resource) + ": more than " + limits.pods(),
            "Name namespaces one by one: k8s:CONTEXT/NAMESPACE.");
      }
      page.getItems().forEach(consumer);
      position = page.getMetadata() == null ? null : page.getMetadata().getContinue();
    } while (position != null && !position.isEmpty());
  }

  private <L> L ask(String resource, Function<ListOptions, L> list, @Nullable String position) {
    ListOptions options =
        new ListOptionsBuilder().withLimit((long) limits.pageSize()).withContinue(position).build();
    try {
      return list.apply(options);
    } catch (KubernetesClientException e) {
      throw failure(resource, e);
    }
  }

  private TareException failure(String resource, KubernetesClientException e) {
    String what = action(resource) + ": " + ApiAnswer.of(e);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          new TareException(
              FailureKind.ENVIRONMENT,
              what,
              "The credentials of this context are refused: try kubectl get pods with it.",
              e);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new TareException(
              FailureKind.DENIED,
              what,
              "It takes the verb list on pods, replicasets.apps and jobs.batch; docs/kubernetes.md shows the role.",
              e);
      case HttpURLConnection.HTTP_GONE ->
          new TareException(
              FailureKind.TRANSIENT, what, "The list was too old to go on; run it again.", e);
      default ->
          new TareException(
              FailureKind.ENVIRONMENT,
              what,
              "Check the context: kubectl get pods; KUBECONFIG names the file.",
              e);
    };
  }

  private String action(String resource) {
    return "list " + resource + " of " + target + " at " + client.getMasterUrl();
  }
}
