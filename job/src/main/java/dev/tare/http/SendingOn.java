package dev.tare.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a server may send its clients on to, by a redirect or by naming a token server. */
final class SendingOn {
  private final Proxies proxies;

  SendingOn(Proxies proxies) {
    this.proxies = proxies;
  }

  /** Why not: {@code from https to http}; null where it may. */
  @Nullable String refusal(URI from, URI to) {
    if (from.getScheme().equals("https") && !to.getScheme().equals("https")) {
      return "from https to " + to.getScheme();
    }
    if (from.getHost().equalsIgnoreCase(to.getHost())) {
      return null;
    }
    Reach target = reach(to, Comparator.naturalOrder());
    if (target == Reach.PUBLIC) {
      return null;
    }
    Reach origin = reach(from, Comparator.reverseOrder());
    return origin.maySendTo(target)
        ? null
        : "from the "
            + origin.word()
            + " host "
            + from.getHost()
            + " to a "
            + target.word()
            + " address";
  }

  /** Of a host's addresses the last in this order; where a proxy looks names up they are public. */
  private Reach reach(URI uri, Comparator<Reach> order) {
    String host = uri.getHost();
    if (host.toLowerCase(Locale.ROOT).matches("(.*\\.)?localhost\\.?")) {
      return Reach.LOOPBACK;
    }
    Address literal = Address.parse(host);
    if (literal != null) {
      return literal.reach();
    }
    if (proxies.of(uri) != null) {
      return Reach.PUBLIC;
    }
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> Address.of(address).reach())
          .max(order)
          .orElse(Reach.PUBLIC);
    } catch (UnknownHostException e) {
      return Reach.PUBLIC; // Nor will a connection find it.
    }
  }

  /** An address without user and query, in which storages sign. */
  static String shown(String address) {
    String shown = address.split("[?#]", 2)[0].replaceFirst("//[^/]*@", "//");
    return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
  }
}
