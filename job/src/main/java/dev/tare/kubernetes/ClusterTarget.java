package dev.tare.kubernetes;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose running images are meant, or one namespace of it.
 *
 * <pre>
 * k8s:             the current context, or the cluster that Tare runs in: all namespaces
 * k8s:/shop        there, one namespace
 * k8s:prod         another context of the kubeconfig
 * k8s:prod/shop
 * k8s:arn:aws:eks:eu-west-1:1234:cluster/prod/     a context with a slash: what follows the last one is the namespace
 * </pre>
 *
 * @param context null for the current one
 * @param namespace null for all
 */
public record ClusterTarget(@Nullable String context, @Nullable String namespace) {
  /** What targets of this kind begin with. */
  public static final String PREFIX = "k8s:";

  private static final int MAXIMUM_CONTEXT_CHARACTERS = 1024;
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Whether a target is one of this kind. */
  public static boolean isOne(String target) {
    return target.startsWith(PREFIX);
  }

  /** Parses a target; throws USAGE with what is wrong about it. */
  public static ClusterTarget parse(String target) {
    if (!isOne(target)) {
      throw new TareException(
          FailureKind.USAGE,
          "cluster \"" + target + "\": expected k8s:[CONTEXT][/NAMESPACE]",
          "For example k8s:/audit for the namespace audit of the current context.");
    }
    String text = target.substring(PREFIX.length());
    int slash = text.lastIndexOf('/');
    String context = slash < 0 ? text : text.substring(0, slash);
    String namespace = slash < 0 ? "" : text.substring(slash + 1);
    if (context.length() > MAXIMUM_CONTEXT_CHARACTERS || !context.equals(context.strip())) {
      throw new TareException(
          FailureKind.USAGE,
          "target \"" + target + "\": expected k8s:[CONTEXT][/NAMESPACE]",
          "kubectl config get-contexts lists contexts.");
    }
    if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "target \""
              + target
              + "\": \""
              + namespace
              + "\" is no namespace: expected up to 63 lower-case letters, digits and dashes",
          "A context with a slash in its name needs one more at its end: k8s:CONTEXT/.");
    }
    return new ClusterTarget(
        context.isEmpty() ? null : context, namespace.isEmpty() ? null : namespace);
  }

  @Override
  public String toString() {
    String shown = context == null ? "" : context;
    return PREFIX + shown + (namespace != null ? "/" + namespace : shown.contains("/") ? "/" : "");
  }
}
