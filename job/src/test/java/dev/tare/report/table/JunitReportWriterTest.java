package dev.tare.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.report.text.XmlText;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  @Test
  void everySuiteIsValidAgainstTheSchemaOfSurefire() throws Exception {
    List<Element> suites = suites(run);
    assertThat(suites).hasSize(run.images().size() + 1);
    for (Element suite : suites) {
      validator().validate(new DOMSource(suite));
    }
    suites.getFirst().removeAttribute("tests");
    assertThatExceptionOfType(SAXException.class)
        .isThrownBy(() -> validator().validate(new DOMSource(suites.getFirst())));
  }

  @Test
  void anImageIsASuiteAndARuleACase() throws Exception {
    List<Element> suites = suites(run);
    for (int i = 0; i < run.images().size(); i++) {
      JudgedImage image = run.images().get(i);
      assertThat(suites.get(i).getAttribute("name"))
          .startsWith(image.reference().substring(0, image.reference().indexOf(':')));
      assertThat(suites.get(i).getElementsByTagName("testcase").getLength())
          .isEqualTo(image.outcomes().size());
    }
  }

  @Test
  void aSuiteCountsWhatIsInIt() throws Exception {
    for (Element suite : suites(run)) {
      assertThat(suite.getAttribute("failures")).isEqualTo(count(suite, "failure"));
      assertThat(suite.getAttribute("errors")).isEqualTo(count(suite, "error"));
      assertThat(suite.getAttribute("skipped")).isEqualTo(count(suite, "skipped"));
      assertThat(suite.getAttribute("tests")).isEqualTo(count(suite, "testcase"));
    }
  }

  @Test
  void aSuiteFailsExactlyWhereTheImageDoes() throws Exception {
    List<Element> suites = suites(run);
    for (int i = 0; i < run.images().size(); i++) {
      boolean failures = !suites.get(i).getAttribute("failures").equals("0");
      assertThat(failures)
          .as(run.images().get(i).reference())
          .isEqualTo(run.images().get(i).verdict().word().equals("failing"));
    }
  }

  @Test
  void noteThatCouldNotBeAnsweredIsSkipped() throws Exception {
    for (Severity severity : Severity.values()) {
      SampleRun unknown =
          run.with(outcome -> Outcomes.with(outcome, OutcomeKind.UNKNOWN, severity));
      boolean isNote = severity == Severity.NOTE;
      for (Element suite : suites(unknown).subList(0, run.images().size())) {
        assertThat(suite.getAttribute("errors"))
            .isEqualTo(isNote ? "0" : suite.getAttribute("tests"));
        assertThat(suite.getAttribute("errors")).isEqualTo(count(suite, "error"));
        assertThat(suite.getAttribute("skipped")).isEqualTo(count(suite, "skipped"));
      }
    }
  }

  @Test
  void charactersThatXmlCannotHoldAreShownByNumber() {
    assertThat(XmlText.of("a\u0007\u0000b\uFFFEc\t\n")).isEqualTo("a\\u0007\\u0000b\\ufffec\t\n");
    assertThat(XmlText.of("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    assertThat(XmlText.of("\uD83D")).isEqualTo("\\ud83d");
  }

  private static String count(Element suite, String tag) {
    return "" + suite.getElementsByTagName(tag).getLength();
  }

  private static Validator validator() throws SAXException {
    return SchemaFactory.newDefaultInstance()
        .newSchema(JunitReportWriterTest.class.getResource("/schemas/surefire-test-report.xsd"))
        .newValidator();
  }

  private List<Element> suites(RunResults results) throws Exception {
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text(results))));
    NodeList nodes = document.getDocumentElement().getElementsByTagName("testsuite");
    List<Element> suites = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      suites.add((Element) nodes.item(i));
    }
    return suites;
  }

  private String text(RunResults results) throws IOException {
    new Reports().write(ReportInput.of(results), directory, List.of("junit"));
    return Files.readString(directory.resolve("junit.xml"));
  }
}
