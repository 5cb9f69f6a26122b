package dev.tare.report.kubernetes;

import dev.tare.finding.JudgedImage;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * {@code policyreport.yaml}: Kubernetes {@code PolicyReport} resources without a namespace: {@code
 * kubectl apply --namespace} says where.
 *
 * @see PolicyReportDocuments
 */
public final class PolicyReportWriter implements ReportWriter {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  private final int largestBytes;

  public PolicyReportWriter() {
    this(PolicyReportDocuments.LARGEST_BYTES);
  }

  public PolicyReportWriter(int largestBytes) {
    this.largestBytes = largestBytes;
  }

  @Override
  public String format() {
    return "policyreport";
  }

  @Override
  public String fileName() {
    return "policyreport.yaml";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    Writer out = files.createText(fileName());
    PolicyReportDocuments documents =
        new PolicyReportDocuments(
            input,
            largestBytes,
            workloads -> List.of(PolicyReportPlace.ONE),
            document -> write(out, document));
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        documents.image(image);
      }

      @Override
      public void finish(Plan plan) throws IOException {
        documents.finish();
        out.close();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private static void write(Writer out, ObjectNode document) {
    try {
      out.write(MAPPER.writeValueAsString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
