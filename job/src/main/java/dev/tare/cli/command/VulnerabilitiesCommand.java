package dev.tare.cli.command;

import dev.tare.batch.FeedArtifacts;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.ArtifactOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.FeedAddressOptions;
import dev.tare.cli.option.FeedOptions;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.vulnerability.FeedAddresses;
import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedUpdate;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The feeds of advisories that packages are matched with. */
final class VulnerabilitiesCommand {
  private VulnerabilitiesCommand() {}

  /** Makes the command with its subcommands. */
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new Group())
        .addSubcommand(new Update(context))
        .addSubcommand(new Push(context))
        .addSubcommand(new Pull(context))
        .addSubcommand(new Status(context));
  }

  @Command(
      name = "vulnerabilities",
      header = "Bring feeds of advisories up to date, take them elsewhere, list them.",
      synopsisSubcommandLabel = "(update | push | pull | status)",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tare vulnerabilities update",
        "  tare vulnerabilities update --from osv/AlmaLinux-9/all.zip",
        "  tare vulnerabilities push oci://registry.example.com/tare/feeds:today",
        "  tare vulnerabilities status"
      })
  private static final class Group implements Callable<ExitStatus> {
    @Override
    public ExitStatus call() {
      throw Usage.error(
          "vulnerabilities needs a subcommand",
          "One of update, push, pull, status: tare vulnerabilities --help says what each does.");
    }
  }

  @Command(
      name = "update",
      header = "Bring feeds of advisories up to date.",
      description = {
        "Without --from it fetches the feeds that the packages of the stored images need, and no"
            + " others, from public addresses (config/feeds.yaml), each only where it changed.",
        "It reads archives and records of OSV, the secdb of Alpine, Wolfi and Chainguard, Debian's"
            + " security tracker, CISA's list of exploited vulnerabilities, and EPSS scores, each"
            + " recognised by its content. What cannot be read is said, and what is kept of it stays in use."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tare vulnerabilities update",
        "  tare vulnerabilities update --from"
            + " https://osv-vulnerabilities.storage.googleapis.com/Go/all.zip",
        "  tare vulnerabilities update --from feeds/",
        "  tare vulnerabilities update --from epss_scores-2026-11-29.csv.gz"
      })
  private static final class Update implements Callable<ExitStatus> {
    private final Context context;

    @Option(
        names = "--from",
        paramLabel = "URL|DIR|FILE",
        description =
            "An https address, a file, or a directory of files, whatever they are about. Default:"
                + " what the stored images need, from public addresses.")
    private @Nullable String from;

    @Option(
        names = "--no-progress",
        negatable = true,
        fallbackValue = "true",
        description = "Show no progress.")
    private boolean noProgress;

    @Mixin private FeedAddressOptions addresses = new FeedAddressOptions();
    @Mixin private FeedOptions options = new FeedOptions();

    Update(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      FeedUpdate update = from == null ? fetched() : read(from);
      return printed(context, update, from == null ? total(update) : null);
    }

    private FeedUpdate read(String place) {
      return context.withJobs(options, jobs -> jobs.feeds().update(place));
    }

    private FeedUpdate fetched() {
      FeedAddresses known = addresses.resolve();
      return context.withJobs(
          options,
          jobs -> context.withProgress(noProgress, progress -> jobs.fetchFeeds(known, progress)));
    }

    private static String total(FeedUpdate update) {
      if (update.isEmpty()) {
        return "No feed is needed: no image is stored whose packages one is about. Start with: tare"
            + " scan";
      }
      long changed = update.kept().stream().filter(FeedUpdate.Kept::changed).count();
      return Counted.of(update.kept().size(), "feed")
          + ", "
          + changed
          + " changed; the next scan matches with what is kept now";
    }
  }

  /**
   * Says what an update came to.
   *
   * @param last a line behind all others; null for none
   */
  private static ExitStatus printed(Context context, FeedUpdate update, @Nullable String last) {
    PrintWriter out = context.terminal().out();
    if (!context.options().quiet) {
      update.kept().forEach(kept -> out.println(line(kept)));
      update.ignored().forEach(line -> out.println("ignored: " + OneLine.of(line)));
      if (last != null) {
        out.println(last);
      }
    }
    update
        .problems()
        .forEach(line -> context.terminal().err().println("not read: " + OneLine.of(line)));
    if (update.problems().isEmpty()) {
      return ExitStatus.OK;
    }
    return update.kept().isEmpty() ? ExitStatus.FAILED : ExitStatus.INCOMPLETE;
  }

  private static String line(FeedUpdate.Kept kept) {
    FeedInfo feed = kept.feed();
    return OneLine.of(feed.name())
        + ": "
        + (kept.changed() ? "" : "unchanged, ")
        + (feed.ecosystem().isEmpty()
            ? Counted.of(feed.advisories(), "vulnerability", "vulnerabilities")
            : Counted.of(feed.advisories(), "advisory", "advisories"))
        + (feed.leftOut() == 0
            ? ""
            : ", " + Counted.of(feed.leftOut(), "record") + " left out: they say no versions");
  }

  @Command(
      name = "push",
      header = "Store the feeds that are kept in a registry.",
      description = {
        "One artifact holds all of them, for clusters without a way out: tare vulnerabilities pull"
            + " takes them there.",
        "Credentials are those of a scan, and must allow to push."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tare vulnerabilities update && tare vulnerabilities push"
            + " oci://registry.example.com/tare/feeds:today"
      })
  private static final class Push implements Callable<ExitStatus> {
    private final Context context;

    @Parameters(
        paramLabel = "oci://NAME",
        description =
            "Where to: a registry, a repository, and a tag (latest, where there is none).")
    private String location = "";

    @Mixin private ArtifactOptions options = new ArtifactOptions();

    Push(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      FeedArtifacts.Pushed pushed =
          context.withJobs(options, jobs -> jobs.feedArtifacts().push(location));
      if (!context.options().quiet) {
        context
            .terminal()
            .out()
            .println(
                Counted.of(pushed.feeds().size(), "feed")
                    + " pushed to "
                    + OneLine.of(location)
                    + ", "
                    + pushed.digest());
      }
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "pull",
      header = "Take feeds that were pushed to a registry.",
      description = {
        "Takes those that are newer than what is kept, and fetches no others. Each is read before"
            + " it is kept; what cannot be read is said, and what is kept of it stays in use.",
        "A tag over plain HTTP, or without a check of the certificate, is refused: name the digest"
            + " that push printed."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  tare vulnerabilities pull oci://registry.example.com/tare/feeds:today"})
  private static final class Pull implements Callable<ExitStatus> {
    private final Context context;

    @Parameters(
        paramLabel = "oci://NAME",
        description = "From where: what was given to push, or that by its digest.")
    private String location = "";

    @Mixin private ArtifactOptions options = new ArtifactOptions();

    Pull(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      return printed(
          context, context.withJobs(options, jobs -> jobs.feedArtifacts().pull(location)), null);
    }
  }

  @Command(
      name = "status",
      header = "List the feeds of advisories that are kept.",
      footerHeading = "%nExamples:%n",
      footer = {"  tare vulnerabilities status", "  tare vulnerabilities status --format json"})
  private static final class Status implements Callable<ExitStatus> {
    private final Context context;

    @Mixin private StateOptions state = new StateOptions();
    @Mixin private ListFormat format = new ListFormat();

    Status(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      List<FeedInfo> feeds = context.withJobs(state, jobs -> jobs.feeds().all());
      PrintWriter out = context.terminal().out();
      if (format.isJson()) {
        out.println(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(feeds));
        return ExitStatus.OK;
      }
      if (feeds.isEmpty()) {
        out.println("No feeds yet. A scan fetches what it needs, or: tare vulnerabilities update");
        return ExitStatus.OK;
      }
      TextTable table =
          new TextTable()
              .flexibleColumn("FEED")
              .column("ADVISORIES", Alignment.RIGHT)
              .column("UNFIXED TOO", Alignment.LEFT)
              .column("PACKAGES", Alignment.LEFT)
              .column("NEWEST", Alignment.LEFT)
              .column("CHECKED", Alignment.LEFT);
      for (FeedInfo feed : feeds) {
        table.row(
            new Cell(OneLine.of(feed.name())),
            new Cell(Integer.toString(feed.advisories())),
            new Cell(feed.covers().isEmpty() ? "·" : feed.listsUnfixed() ? "yes" : "no"),
            new Cell(String.join(" ", feed.covers())),
            new Cell(day(feed.updatedAt())),
            new Cell(day(feed.checkedAt())));
      }
      table.lines(context.terminal().width(), context.palette()).forEach(out::println);
      return ExitStatus.OK;
    }

    private static String day(@Nullable Instant at) {
      return at == null ? "?" : at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
  }
}
