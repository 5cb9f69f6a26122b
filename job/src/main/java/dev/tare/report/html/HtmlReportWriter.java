package dev.tare.report.html;

import dev.tare.finding.JudgedImage;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code index.html}: the run for people, as one page that needs no network and runs no script but
 * its own. What it shows comes from one block of JSON; {@link PageData} says what is in it.
 *
 * <p>Where a run has more images than one page can hold in detail, the details of the others stand
 * in {@code images/1.html} and so on, to which the page links.
 */
public final class HtmlReportWriter implements ReportWriter {
  private final PageLimits limits;

  public HtmlReportWriter() {
    this(PageLimits.DEFAULT);
  }

  public HtmlReportWriter(PageLimits limits) {
    this.limits = limits;
  }

  @Override
  public String format() {
    return "html";
  }

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public Pattern ownFiles() {
    return Pattern.compile("index\\.html|images/\\d+\\.html");
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    return new Report(input, files);
  }

  private final class Report implements OpenReport {
    private final ReportInput input;
    private final ReportFiles files;
    private final PageAssets assets = PageAssets.load();
    private final Page main;
    private @Nullable Page part;
    private int parts;
    private int inPart;

    Report(ReportInput input, ReportFiles files) throws IOException {
      this.input = input;
      this.files = files;
      this.main = new Page(assets, files.createText(fileName()), limits);
      main.data().begin(input);
    }

    @Override
    public void image(JudgedImage image) throws IOException {
      if (main.data().nextInDetail()) {
        main.data().image(image, null);
        return;
      }
      Page open = part;
      if (open == null || inPart == limits.detailedImages()) {
        finishPart();
        parts++;
        open = new Page(assets, files.createText(partName()), limits);
        part = open;
        inPart = 0;
        open.data().beginPart(input);
      }
      inPart++;
      open.data().image(image, null);
      main.data().image(image, partName());
    }

    private String partName() {
      return "images/" + parts + ".html";
    }

    private void finishPart() throws IOException {
      if (part != null) {
        part.finish(null);
      }
    }

    @Override
    public void finish(Plan plan) throws IOException {
      finishPart();
      main.finish(plan);
    }

    @Override
    public void close() throws IOException {
      if (part != null) {
        part.close();
      }
      main.close();
    }
  }
}
