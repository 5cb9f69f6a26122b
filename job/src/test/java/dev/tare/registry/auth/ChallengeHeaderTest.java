package dev.tare.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Basic realm="r"                                     | basic{realm=r}
          Basic realm="r", Bearer realm="https://a/t",service="x" | basic{realm=r} bearer{realm=https://a/t, service=x}
          Bearer realm="https://a/t" , service="x",Basic realm="r" | bearer{realm=https://a/t, service=x} basic{realm=r}
          Negotiate, Basic realm="r"                          | negotiate{} basic{realm=r}
          Negotiate                                           | negotiate{}
          Basic realm=/                                       | basic{realm=/}
          Basic realm="a \\"b\\", Bearer c"                   | basic{realm=a "b", Bearer c}
          bEARER\trealm = "t" ,\tService\t=x                  | bearer{realm=t, service=x}
          Bearer scope="repository:a:pull,push",realm="t"     | bearer{scope=repository:a:pull,push, realm=t}
          Basic realm="never ends, Bearer                     | basic{realm=never ends, Bearer}
          realm="r"                                           | ``
          , ,,                                                | ``
          """)
  void valueMayHoldSeveralChallenges(String value, String parts) {
    assertThat(
            ChallengeHeader.parts(value.replace("\\t", "\t")).stream()
                .map(part -> part.scheme() + part.parameters())
                .collect(Collectors.joining(" ")))
        .isEqualTo(parts);
  }

  @Test
  void longValueIsRead() {
    String realm = "\\x".repeat(100_000);

    assertThat(ChallengeHeader.parts("Basic realm=\"" + realm + "\"").getFirst().parameters())
        .containsEntry("realm", "x".repeat(100_000));
  }
}
