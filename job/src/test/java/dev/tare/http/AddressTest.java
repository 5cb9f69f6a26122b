package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, PUBLIC",
    "127.0.0.1, LOOPBACK",
    "127.1, LOOPBACK",
    "2130706433, LOOPBACK",
    "0.0.0.0, LOOPBACK",
    "10.0.0.1, PRIVATE",
    "172.15.0.1, PUBLIC",
    "172.16.0.1, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.1, PUBLIC",
    "192.168.1.1, PRIVATE",
    "100.100.100.200, PRIVATE",
    "100.128.0.1, PUBLIC",
    "169.254.169.254, LINK_LOCAL",
    "[::1], LOOPBACK",
    "::, LOOPBACK",
    "fe80::1, LINK_LOCAL",
    "fd00:ec2::254, PRIVATE",
    "[2001:4860:4860::8888], PUBLIC",
    "[::ffff:169.254.169.254], LINK_LOCAL",
    "::ffff:10.0.0.1, PRIVATE",
    "::127.0.0.1, LOOPBACK",
    "64:ff9b::a9fe:a9fe, LINK_LOCAL",
    "64:ff9b::808:808, PUBLIC"
  })
  void addressIsReachedFromWhereItsRangeSays(String text, Reach reach) {
    assertThat(Address.parse(text)).isNotNull().extracting(Address::reach).isEqualTo(reach);
  }

  @Test
  void nameIsNoAddress() {
    assertThat(Address.parse("registry.example.com")).isNull();
    assertThat(Address.parse("1.2.3.4.example")).isNull();
    assertThat(Address.parse("999.1.1.1")).isNull();
  }

  @Test
  void nobodyPublicSendsToWhatOnlyWeReach() {
    assertThat(Reach.PUBLIC.maySendTo(Reach.PUBLIC)).isTrue();
    assertThat(Reach.PUBLIC.maySendTo(Reach.PRIVATE)).isFalse();
    assertThat(Reach.PUBLIC.maySendTo(Reach.LOOPBACK)).isFalse();
    assertThat(Reach.PRIVATE.maySendTo(Reach.PRIVATE)).isTrue();
    assertThat(Reach.LOOPBACK.maySendTo(Reach.PRIVATE)).isTrue();
    assertThat(Reach.LOOPBACK.maySendTo(Reach.LINK_LOCAL)).isFalse();
  }
}
