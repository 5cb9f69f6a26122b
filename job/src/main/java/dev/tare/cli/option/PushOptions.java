package dev.tare.cli.option;

import dev.tare.batch.Jobs;
import dev.tare.error.TareException;
import dev.tare.finding.RunKind;
import dev.tare.kubernetes.ClusterTarget;
import dev.tare.kubernetes.PolicyReportSet;
import dev.tare.report.Pushgateway;
import dev.tare.report.ReportInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run's results go besides the files of its reports. */
public final class PushOptions {
  @Option(
      names = "--push-metrics",
      paramLabel = "URL",
      description =
          "Send the run's numbers to this Prometheus Pushgateway (group job=tare, or the one that"
              + " URL/metrics/job/... names). Default: nowhere.")
  private @Nullable String address;

  @Option(
      names = "--apply-policy-reports",
      paramLabel = "CLUSTER",
      description =
          "Apply the run's results as PolicyReport resources: k8s:[CONTEXT]/NAMESPACE for one"
              + " namespace, k8s:[CONTEXT] for the namespaces of the workloads that run the images."
              + " Default: nowhere.")
  private @Nullable String cluster;

  @Option(
      names = "--policy-report-owner",
      paramLabel = "NAME",
      description =
          "Policy reports that an earlier run applied under this name, and this run does not, are"
              + " removed. Default: a name made of the targets.")
  private @Nullable String owner;

  /** Sends runs to where the options say. */
  @FunctionalInterface
  public interface Push {
    /** Sends a run, unless it is an evaluation: what others are told is what was scanned. */
    void send(Jobs jobs, String run);
  }

  /** Throws USAGE, before anything is done, for an address or a name that is none. */
  public Push resolve(Context context, TlsFileOptions files) {
    return resolve(context, files, List.of());
  }

  /** The same, and then further ways. */
  public Push resolve(Context context, TlsFileOptions files, List<Consumer<ReportInput>> further) {
    List<Consumer<ReportInput>> ways = new ArrayList<>();
    String gateway = given(address);
    if (gateway != null) {
      ways.add(
          Pushgateway.at(gateway, files.resolve(context.terminal().environment()), context.stop())
              ::put);
    }
    String destination = given(cluster);
    if (destination != null) {
      AppliedReports reports = new AppliedReports(ClusterTarget.parse(destination), owner());
      ways.add(input -> {
        PolicyReportSet.Change change = reports.apply(input);
        if (!context.options().quiet) {
          context
              .terminal()
              .out()
              .printf(
                  "Policy reports: %d applied to %s, %d removed%n",
                  change.applied(), reports.destination(), change.removed());
        }
      });
    }
    ways.addAll(further);
    return ways.isEmpty()
        ? (jobs, run) -> {}
        : (jobs, run) -> {
          if (jobs.archive().run(run).kind() != RunKind.EVALUATION) {
            sendAll(ways, jobs.archive().input(run));
          } else if (!context.options().quiet) {
            context.terminal().out().println("Nothing was sent: run " + run + " is an evaluation");
          }
        };
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private @Nullable String owner() {
    String name = given(owner);
    if (name != null && !PolicyReportSet.isOwner(name)) {
      throw Usage.error(
          "policy report owner \"" + name + "\": it cannot be a label's value",
          "Up to 63 letters, digits, dashes, dots and underscores, a letter or digit first and last.");
    }
    return name;
  }

  /** One that fails does not keep the others from being tried. */
  private static void sendAll(List<Consumer<ReportInput>> ways, ReportInput input) {
    TareException failure = null;
    for (Consumer<ReportInput> way : ways) {
      try {
        way.accept(input);
      } catch (TareException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
