package dev.tare.kubernetes;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API server of a context and its credentials, as kubectl does, or those of a pod.
 *
 * @param configurations of a context, or of the current one
 */
record ClusterConnection(Function<@Nullable String, Config> configurations) {
  private static final int RETRIES = 3;
  private static final int TIMEOUT_MILLIS = 30_000;

  /** By the environment. */
  static ClusterConnection standard() {
    return new ClusterConnection(Config::autoConfigure);
  }

  /** A client for a context; nothing is sent before the first question. The caller closes it. */
  KubernetesClient open(@Nullable String context) {
    try {
      Config found = configurations.apply(context);
      boolean known =
          found.getCurrentContext() != null && found.getCurrentContext().getName().equals(context);
      if (context != null && !known) {
        throw new TareException(
            FailureKind.USAGE,
            "find context \"" + context + "\": the kubeconfig has none of this name",
            "kubectl config get-contexts lists them; KUBECONFIG names the file.");
      }
      Config config =
          new ConfigBuilder(found)
              .withRequestRetryBackoffLimit(RETRIES)
              .withConnectionTimeout(TIMEOUT_MILLIS)
              .withRequestTimeout(TIMEOUT_MILLIS)
              .build();
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (KubernetesClientException e) {
      throw new TareException(
          FailureKind.USAGE,
          "read the kubeconfig: " + e.getMessage(),
          "KUBECONFIG names the file.",
          e);
    }
  }
}
