package dev.tare.report.table;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Cut;
import dev.tare.report.text.XmlText;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: an image is a suite, a rule a case, for CI systems. A failed rule is a
 * failure, one that could not be answered an error, a waived or not applicable one is skipped. A
 * failed rule of severity {@code note} passes with its message as output, and one that could not be
 * answered is skipped: it makes no image fail, so it may fail no build. What was not inspected is a
 * suite of errors.
 *
 * @see <a
 *     href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">the
 *     schema of Surefire that every suite follows</a>
 */
public final class JunitReportWriter implements ReportWriter {
  private static final int MESSAGE_LENGTH = 2_000;

  @Override
  public String format() {
    return "junit";
  }

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public boolean listsFindings() {
    return true;
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    return new Report(results, files.createText(fileName()));
  }

  private static final class Report implements OpenReport {
    private final RunResults results;
    private final Writer out;
    private final XMLStreamWriter xml;
    private final Map<String, RuleDoc> rules = new HashMap<>();

    Report(RunResults results, Writer out) throws IOException {
      this.results = results;
      this.out = out;
      results.rules().forEach(rule -> rules.put(rule.id(), rule));
      try {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "tare " + results.run().id());
      } catch (XMLStreamException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void image(JudgedImage image) throws IOException {
      try {
        List<Outcome> outcomes = image.outcomes();
        suite(
            image.reference() + " " + image.platform(),
            outcomes.size(),
            count(outcomes, Report::isError),
            count(outcomes, Report::isSkipped),
            count(outcomes, Report::isFailure));
        xml.writeStartElement("properties");
        property("digest", image.digest());
        property("platform", image.platform());
        property("verdict", image.verdict().word());
        xml.writeEndElement();
        for (Outcome outcome : outcomes) {
          testCase(image, outcome);
        }
        xml.writeEndElement();
      } catch (XMLStreamException e) {
        throw new IOException(e);
      }
    }

    private static boolean isFailure(Outcome outcome) {
      return outcome.kind() == OutcomeKind.FAIL && outcome.severity() != Severity.NOTE;
    }

    private static boolean isError(Outcome outcome) {
      return outcome.kind() == OutcomeKind.UNKNOWN && outcome.severity() != Severity.NOTE;
    }

    private static boolean isSkipped(Outcome outcome) {
      return switch (outcome.kind()) {
        case WAIVED, NOT_APPLICABLE -> true;
        case UNKNOWN -> !isError(outcome);
        case PASS, FAIL -> false;
      };
    }

    private static int count(List<Outcome> outcomes, Predicate<Outcome> condition) {
      return (int) outcomes.stream().filter(condition).count();
    }

    private void suite(String name, int tests, int errors, int skipped, int failures)
        throws XMLStreamException {
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", XmlText.of(name));
      xml.writeAttribute("time", "0");
      xml.writeAttribute("tests", "" + tests);
      xml.writeAttribute("errors", "" + errors);
      xml.writeAttribute("skipped", "" + skipped);
      xml.writeAttribute("failures", "" + failures);
    }

    private void property(String name, String value) throws XMLStreamException {
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", name);
      xml.writeAttribute("value", XmlText.of(value));
    }

    private void testCase(JudgedImage image, Outcome outcome) throws XMLStreamException {
      RuleDoc rule = rules.get(outcome.rule());
      xml.writeCharacters("\n");
      xml.writeStartElement("testcase");
      xml.writeAttribute(
          "name", XmlText.of(rule == null ? outcome.rule() : outcome.rule() + " " + rule.title()));
      xml.writeAttribute("classname", XmlText.of(image.reference()));
      xml.writeAttribute("time", "0");
      String message = XmlText.of(Cut.to(outcome.message(), MESSAGE_LENGTH));
      switch (outcome.kind()) {
        case PASS -> {}
        case FAIL -> {
          if (isFailure(outcome)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", message);
            xml.writeAttribute("type", outcome.severity().word());
            xml.writeCharacters(
                rule == null ? "" : "What to do: " + XmlText.of(rule.remediation()));
          } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters("note: " + message);
          }
          xml.writeEndElement();
        }
        case UNKNOWN -> {
          if (isError(outcome)) {
            xml.writeEmptyElement("error");
            xml.writeAttribute("message", message);
            xml.writeAttribute("type", "unknown");
          } else {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", "unknown: " + message);
          }
        }
        case WAIVED -> {
          xml.writeEmptyElement("skipped");
          Waiver waiver = outcome.waiver();
          xml.writeAttribute(
              "message",
              waiver == null
                  ? "waived"
                  : XmlText.of(
                      "waived until "
                          + waiver.expires()
                          + " by "
                          + waiver.owner()
                          + ": "
                          + waiver.reason()));
        }
        case NOT_APPLICABLE -> {
          xml.writeEmptyElement("skipped");
          xml.writeAttribute("message", "not applicable");
        }
      }
      xml.writeEndElement();
    }

    @Override
    public void finish(Plan plan) throws IOException {
      try {
        List<NotInspected> missing = results.notInspected();
        if (!missing.isEmpty()) {
          suite("not inspected", missing.size(), missing.size(), 0, 0);
          for (NotInspected one : missing) {
            xml.writeCharacters("\n");
            xml.writeStartElement("testcase");
            xml.writeAttribute("name", XmlText.of("inspect " + one.reference()));
            xml.writeAttribute("classname", XmlText.of(one.reference()));
            xml.writeAttribute("time", "0");
            xml.writeEmptyElement("error");
            xml.writeAttribute("message", XmlText.of(Cut.to(one.reason(), MESSAGE_LENGTH)));
            xml.writeAttribute("type", one.stage().word());
            xml.writeEndElement();
          }
          xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
      } catch (XMLStreamException e) {
        throw new IOException(e);
      }
      out.write('\n');
      out.close();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
