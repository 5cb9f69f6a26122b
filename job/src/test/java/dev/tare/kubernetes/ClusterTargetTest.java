package dev.tare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTargetTest {
  @ParameterizedTest
  @CsvSource({
    "k8s:,,",
    "k8s:/shop,,shop",
    "k8s:prod,prod,",
    "k8s:prod/shop,prod,shop",
    "k8s:admin@prod.example.com:6443/shop,admin@prod.example.com:6443,shop",
    "k8s:arn:aws:eks:eu-west-1:1234:cluster/prod/,arn:aws:eks:eu-west-1:1234:cluster/prod,",
    "k8s:arn:aws:eks:eu-west-1:1234:cluster/prod/shop,arn:aws:eks:eu-west-1:1234:cluster/prod,shop",
  })
  void contextAndNamespaceAreRead(String target, String context, String namespace) {
    ClusterTarget parsed = ClusterTarget.parse(target);
    assertThat(parsed).isEqualTo(new ClusterTarget(context, namespace));
    assertThat(parsed).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s:prod/Shop", "k8s:/a_b", "k8s: prod", "k8s:/-x"})
  void whatIsNoNamespaceIsRefused(String target) {
    assertThatThrownBy(() -> ClusterTarget.parse(target))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
        .hasMessageContaining(target);
  }
}
