package dev.tare.demo;

import dev.tare.demo.DebianPackages.Installed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The root file systems that the sample images stand on. All of it is made up here. */
final class BaseImages {
  static final List<Installed> DEBIAN =
      List.of(
          new Installed("apt", "2.6.1", 4235),
          new Installed("base-files", "12.4+deb12u5", 340),
          new Installed("bash", "5.2.15-2+b2", 7164),
          new Installed("coreutils", "9.1-1", 18062),
          new Installed("dpkg", "1.21.22", 6409),
          new Installed("libc6", "2.36-9+deb12u4", 12987),
          new Installed("zlib1g", "1:1.2.13.dfsg-1", 168));

  static final List<String> APPLETS =
      List.of(
          "[", "ash", "cat", "chmod", "cp", "grep", "ls", "mkdir", "nc", "ps", "rm", "sed", "sh",
          "tar", "top", "vi", "wget");

  private BaseImages() {}

  static byte[] debian() {
    SampleTar tar = new SampleTar();
    for (String directory :
        List.of(
            "etc",
            "root",
            "tmp",
            "usr",
            "usr/bin",
            "usr/lib",
            "usr/sbin",
            "var",
            "var/lib",
            "var/lib/dpkg",
            "var/lib/dpkg/info")) {
      tar.directory(directory);
    }
    tar.link("bin", "usr/bin").link("lib", "usr/lib").link("sbin", "usr/sbin");
    tar.file(
        "usr/lib/os-release",
        """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        VERSION="12 (bookworm)"
        VERSION_CODENAME=bookworm
        ID=debian
        """);
    tar.link("etc/os-release", "../usr/lib/os-release").file("etc/debian_version", "12.5\n");
    accounts(tar, "/bin/bash");
    tar.file("var/lib/dpkg/status", DebianPackages.status(DEBIAN));
    program(tar, "usr/bin/bash", 1_265_648).link("usr/bin/sh", "bash");
    program(tar, "usr/bin/apt", 18_752);
    program(tar, "usr/bin/apt-get", 51_592);
    program(tar, "usr/bin/dpkg", 318_176);
    program(tar, "usr/bin/ls", 151_344);
    program(tar, "usr/bin/cat", 44_016);
    program(tar, "usr/lib/libc.so.6", 1_922_136);
    for (Installed one : DEBIAN) {
      tar.file("var/lib/dpkg/info/" + one.name() + ".list", listed(one.name()));
    }
    return tar.bytes();
  }

  private static String listed(String name) {
    return switch (name) {
      case "apt" -> "/.\n/usr/bin/apt\n/usr/bin/apt-get\n";
      case "bash" -> "/.\n/usr/bin/bash\n";
      case "coreutils" -> "/.\n/usr/bin/cat\n/usr/bin/ls\n";
      case "dpkg" -> "/.\n/usr/bin/dpkg\n";
      case "libc6" -> "/.\n/usr/lib/libc.so.6\n";
      default -> "/.\n";
    };
  }

  static byte[] alpine() {
    SampleTar tar = new SampleTar();
    for (String directory :
        List.of(
            "bin",
            "etc",
            "etc/apk",
            "lib",
            "lib/apk",
            "lib/apk/db",
            "root",
            "sbin",
            "usr",
            "usr/bin",
            "var")) {
      tar.directory(directory);
    }
    tar.file(
        "etc/os-release",
        """
        NAME="Alpine Linux"
        ID=alpine
        VERSION_ID=3.20.3
        PRETTY_NAME="Alpine Linux v3.20"
        """);
    tar.file("etc/alpine-release", "3.20.3\n")
        .file("etc/apk/world", "alpine-baselayout\nbusybox\n");
    accounts(tar, "/bin/sh");
    tar.file(
        "lib/apk/db/installed",
        apk("musl", "1.2.5-r0", 667_648, "lib", "ld-musl-x86_64.so.1")
            + apk("busybox", "1.36.1-r29", 946_176, "bin", "busybox")
            + apk("apk-tools", "2.14.4-r1", 311_296, "sbin", "apk")
            + apk("alpine-baselayout", "3.6.5-r0", 8_192, "etc", "profile"));
    tar.file("bin/busybox", 0755, ElfStub.of("busybox", 808_712, APPLETS));
    for (String applet : APPLETS) {
      boolean user = List.of("[", "nc", "top", "vi", "wget").contains(applet);
      tar.link((user ? "usr/bin/" : "bin/") + applet, "/bin/busybox");
    }
    program(tar, "sbin/apk", 75_464);
    program(tar, "lib/ld-musl-x86_64.so.1", 650_024);
    tar.file("etc/profile", "export PATH=/usr/sbin:/usr/bin:/sbin:/bin\n");
    return tar.bytes();
  }

  private static String apk(String name, String version, int bytes, String directory, String file) {
    return """
    P:%s
    V:%s
    A:x86_64
    S:%d
    I:%d
    T:sample package %s
    L:MIT
    o:%s
    F:%s
    R:%s

    """
        .formatted(name, version, bytes / 2, bytes, name, name, directory, file);
  }

  static byte[] distroless() {
    SampleTar tar = new SampleTar();
    for (String directory :
        List.of(
            "etc",
            "etc/ssl",
            "etc/ssl/certs",
            "home",
            "home/nonroot",
            "tmp",
            "usr",
            "usr/lib",
            "usr/share",
            "usr/share/zoneinfo",
            "var",
            "var/lib",
            "var/lib/dpkg",
            "var/lib/dpkg/status.d")) {
      tar.directory(directory);
    }
    tar.file(
        "usr/lib/os-release",
        """
        PRETTY_NAME="Distroless"
        NAME="Debian GNU/Linux"
        ID="debian"
        VERSION_ID="12"
        VERSION="Debian GNU/Linux 12 (bookworm)"
        """);
    tar.link("etc/os-release", "../usr/lib/os-release");
    tar.file(
        "etc/passwd",
        """
        root:x:0:0:root:/root:/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
        nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
        """);
    tar.file("etc/group", "root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n");
    tar.file("etc/ssl/certs/ca-certificates.crt", "# no certificates in a sample\n");
    for (Installed one :
        List.of(
            new Installed("base-files", "12.4+deb12u5", 340),
            new Installed("netbase", "6.4", 44),
            new Installed("tzdata", "2024a-0+deb12u1", 3847))) {
      tar.file("var/lib/dpkg/status.d/" + one.name(), DebianPackages.status(List.of(one)));
    }
    tar.file("usr/share/zoneinfo/UTC", "TZif2 sample\n");
    return tar.bytes();
  }

  private static void accounts(SampleTar tar, String shell) {
    List<String> lines = new ArrayList<>();
    lines.add("root:x:0:0:root:/root:" + shell);
    lines.add("daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin");
    lines.add("nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin");
    tar.file("etc/passwd", lines.stream().collect(Collectors.joining("\n", "", "\n")));
    tar.file("etc/group", "root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n");
  }

  private static SampleTar program(SampleTar tar, String path, int sizeBytes) {
    return tar.file(path, 0755, ElfStub.of(path, sizeBytes));
  }
}
