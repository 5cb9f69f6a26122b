package dev.tare.testing;

import dev.tare.finding.NotInspected;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The sample images themselves. */
final class SampleCatalog {
  static final String HOSTILE = "</script><img src=x onerror=\"window.hacked=1\"><!--<script>";

  private static final long MB = 1_000_000;

  private SampleCatalog() {}

  static List<NotInspected> notInspected() {
    return List.of(
        new NotInspected(
            "localhost:5001/archive/backup:2019",
            SampleLayer.digest("gone"),
            NotInspected.Stage.LAYER,
            "pull blob sha256:8c1f… of localhost:5001/archive/backup: 404 BLOB_UNKNOWN: the registry"
                + " has the manifest, but not this layer"),
        new NotInspected(
            "localhost:5001/finance/ledger",
            null,
            NotInspected.Stage.REPOSITORY,
            "list tags of localhost:5001/finance/ledger: 403 DENIED: these credentials may not"
                + " pull; expected pull, granted nothing"),
        new NotInspected(
            "localhost:5001/team/legacy-v1:1",
            SampleLayer.digest("v1"),
            NotInspected.Stage.MANIFEST,
            "unsupported media type application/vnd.docker.distribution.manifest.v1+prettyjws"));
  }

  static SampleImage debian() {
    return new SampleImage("localhost:5001/base/debian:12-slim")
        .in("base/debian", "12-slim", "12")
        .user("")
        .age(40)
        .profile("base")
        .add(
            SampleLayer.of(
                    "# debian.sh --arch 'amd64' out/ 'bookworm' '@1761523200'",
                    28_229_000,
                    74_800_000,
                    3_411)
                .tools("shell", "/usr/bin", "bash 5.2.15-2+b9", "bash", "rbash")
                .tools("shell", "/usr/bin", "dash 0.5.12-2", "dash", "sh")
                .tools("os-package-manager", "/usr/bin", "apt 2.6.1", "apt", "apt-get", "apt-cache")
                .tools("os-package-manager", "/usr/bin", "dpkg 1.21.22", "dpkg", "dpkg-deb")
                .tools("runtime", "/usr/bin", "perl-base 5.36.0-7", "perl")
                .tools("archive", "/usr/bin", "tar 1.34+dfsg-1.2", "tar")
                .tools("privilege", "/usr/bin", "login 1:4.13", "su", "passwd", "chsh")
                .setuid("/usr/bin/su", "/usr/bin/passwd", "/usr/bin/mount", "/usr/bin/gpasswd")
                .packages(
                    "deb",
                    "adduser=3.134",
                    "apt=2.6.1",
                    "base-files=12.4+deb12u8",
                    "bash=5.2.15-2+b9",
                    "coreutils=9.1-1",
                    "dash=0.5.12-2",
                    "libc6=2.36-9+deb12u9",
                    "libssl3=3.0.15-1",
                    "perl-base=5.36.0-7",
                    "zlib1g=1:1.2.13.dfsg-1")
                .manyPackages("deb", "libbase", 78));
  }

  static SampleImage alpine() {
    return new SampleImage("localhost:5001/base/alpine:3.22")
        .in("base/alpine", "3.22", "3", "latest")
        .os("alpine", "3.22.1", "Alpine Linux v3.22", "2027-05-01", "alpine")
        .user("")
        .age(20)
        .profile("base")
        .add(
            SampleLayer.of(
                    "ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit",
                    3_630_000,
                    8_310_000,
                    81)
                .applets("shell", "sh", "ash")
                .applets("download", "wget")
                .applets("network-diagnostics", "nc", "ping", "ifconfig", "nslookup", "traceroute")
                .applets("editor", "vi")
                .applets("archive", "tar", "gzip", "unzip")
                .applets("process-system", "ps", "top", "kill", "crond")
                .tools("os-package-manager", "/sbin", "apk-tools 2.14.9-r2", "apk")
                .packages(
                    "apk",
                    "alpine-baselayout=3.7.0-r0",
                    "alpine-keys=2.5-r0",
                    "apk-tools=2.14.9-r2",
                    "busybox=1.37.0-r12",
                    "ca-certificates-bundle=20250619-r0",
                    "libcrypto3=3.5.1-r0",
                    "libssl3=3.5.1-r0",
                    "musl=1.2.5-r10",
                    "zlib=1.3.1-r2"));
  }

  static SampleImage ubuntu() {
    return new SampleImage("localhost:5001/base/ubuntu:20.04")
        .in("base/ubuntu", "20.04")
        .os("ubuntu", "20.04", "Ubuntu 20.04.6 LTS", "2025-05-31", "full")
        .user("")
        .age(900)
        .profile("base")
        .add(
            SampleLayer.of(
                    "ADD file:7486147a645d8835a5181c79f00a3606c6b714c83bcbfcd8862221eb14690f9e in /",
                    27_500_000,
                    72_800_000,
                    3_180)
                .tools("shell", "/usr/bin", "bash 5.0-6ubuntu1.2", "bash", "dash", "sh")
                .tools("os-package-manager", "/usr/bin", "apt 2.0.10", "apt", "apt-get", "dpkg")
                .tools("runtime", "/usr/bin", "perl-base 5.30.0", "perl")
                .setuid("/usr/bin/su", "/usr/bin/newgrp")
                .packages("deb", "apt=2.0.10", "bash=5.0-6ubuntu1.2", "libc6=2.31-0ubuntu9.16")
                .manyPackages("deb", "libfocal", 89));
  }

  static SampleImage distroless() {
    return new SampleImage("localhost:5001/base/distroless-static:nonroot")
        .in("base/distroless-static", "nonroot")
        .os("debian", "12", "Distroless", "2028-06-30", "distroless")
        .user("65532")
        .age(9)
        .profile("base")
        .add(
            SampleLayer.of("bazel build //base:static_nonroot", 768_000, 2_060_000, 1_051)
                .packages(
                    "deb", "base-files=12.4+deb12u8", "netbase=6.4", "tzdata=2024b-0+deb12u1"));
  }

  static SampleImage node() {
    return debian()
        .child("localhost:5001/base/node:22-slim")
        .in("base/node", "22-slim")
        .user("")
        .age(30)
        .profile("base")
        .add(
            SampleLayer.of(
                    "RUN /bin/sh -c groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node # buildkit",
                    3_300,
                    8_900,
                    8)
                .waste(6_100, 2_900))
        .add(
            SampleLayer.of(
                    "RUN /bin/sh -c ARCH= && dpkgArch=\"$(dpkg --print-architecture)\" && set -ex && apt-get update && apt-get install -y ca-certificates curl wget gnupg dirmngr xz-utils libatomic1 --no-install-recommends && curl -fsSLO --compressed \"https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-$ARCH.tar.xz\" && tar -xJf \"node-v$NODE_VERSION-linux-$ARCH.tar.xz\" -C /usr/local --strip-components=1 --no-same-owner # buildkit",
                    47_900_000,
                    143_000_000,
                    5_120)
                .tools("runtime", "/usr/local/bin", "node", "node", "nodejs")
                .tools(
                    "language-package-manager", "/usr/local/bin", "node", "npm", "npx", "corepack")
                .hiddenTools("download", "/usr/bin", "curl", "wget")
                .waste(4_200_000, 9_800_000)
                .packages("npm", "npm=10.9.2", "corepack=0.31.0")
                .manyPackages("npm", "npm-dep-", 190))
        .add(
            SampleLayer.of(
                    "RUN /bin/sh -c set -ex && for key in 6A010C5166006599AA17F08146C2130DFD2497F5 ; do gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys \"$key\" ; done && yarn --version # buildkit",
                    1_700_000,
                    5_300_000,
                    160)
                .tools("language-package-manager", "/usr/local/bin", "node", "yarn"));
  }

  static List<SampleImage> varied() {
    List<SampleImage> images =
        new ArrayList<>(List.of(debian(), alpine(), ubuntu(), distroless(), node()));
    images.add(
        node()
            .child("shop")
            .in("team/shop-frontend", "4.18.2", "4.18", "latest")
            .user("node")
            .label("org.opencontainers.image.source", "https://git.example.com/team/shop-frontend")
            .label("org.opencontainers.image.revision", "9f2c31d")
            .add(SampleLayer.of("WORKDIR /srv", 92, 0, 1))
            .add(SampleLayer.of("COPY package*.json ./ # buildkit", 118_000, 410_000, 2))
            .add(
                SampleLayer.of(
                        "RUN /bin/sh -c npm ci && npm run build # buildkit",
                        88_400_000,
                        311_000_000,
                        24_870)
                    .manyPackages("npm", "shop-dep-", 640)
                    .leftover("npm-cache", "/root/.npm/_cacache", 64_200_000, 1_911)
                    .leftover("tests", "/srv/coverage", 2_140_000, 310)
                    .waste(1_200_000, 0))
            .add(
                SampleLayer.of(
                        "RUN /bin/sh -c chown -R node:node /srv # buildkit",
                        71_200_000,
                        247_000_000,
                        22_648)
                    .waste(246_100_000, 0))
            .adjust(facts -> {
              ObjectEditor.of(facts)
                  .secret("private-key", "/srv/certs/dev.key", 6, false)
                  .outdated(SampleLayer.digest("newer node"), 40);
            }));
    images.add(
        distroless()
            .child("ledger")
            .in("payments/ledger", "2.3.0", "2.3")
            .user("65532")
            .age(3)
            .add(
                SampleLayer.of(
                    "COPY /out/ledger /usr/bin/ledger # buildkit", 8_140_000, 21_300_000, 1)));
    images.add(
        distroless()
            .child("ledger")
            .in("payments/ledger", "2.3.0", "2.3")
            .arch("arm64")
            .user("65532")
            .age(3)
            .add(
                SampleLayer.of(
                    "COPY /out/ledger-arm64 /usr/bin/ledger # buildkit",
                    7_610_000,
                    20_800_000,
                    1)));
    images.add(
        alpine()
            .child("probe")
            .in("platform/probe", "1.0.4")
            .user("10001")
            .add(
                SampleLayer.of(
                        "RUN /bin/sh -c apk add --no-cache curl bind-tools openssh-client tcpdump",
                        9_400_000,
                        24_100_000,
                        412)
                    .tools("download", "/usr/bin", "curl 8.14.1-r1", "curl")
                    .tools(
                        "network-diagnostics",
                        "/usr/bin",
                        "bind-tools 9.20.11-r0",
                        "dig",
                        "host",
                        "tcpdump")
                    .tools(
                        "remote-access",
                        "/usr/bin",
                        "openssh-client 10.0_p1-r7",
                        "ssh",
                        "scp",
                        "sftp")
                    .packages(
                        "apk",
                        "curl=8.14.1-r1",
                        "bind-tools=9.20.11-r0",
                        "openssh-client-default=10.0_p1-r7",
                        "tcpdump=4.99.5-r1")
                    .leftover("apk-cache", "/var/cache/apk", 2_310_000, 3)));
    images.add(
        ubuntu()
            .child("monolith")
            .in("legacy/monolith", "2019.11", "stable")
            .user("")
            .age(1_422)
            .add(
                SampleLayer.of(
                        "/bin/sh -c apt-get update && apt-get install -y build-essential git vim openssh-server openjdk-11-jdk maven gdb strace curl wget netcat python3-pip",
                        612_000_000,
                        1_740_000_000,
                        48_120)
                    .tools(
                        "compiler-build",
                        "/usr/bin",
                        "gcc-9 9.4.0",
                        "gcc",
                        "g++",
                        "make",
                        "cpp",
                        "ld",
                        "as",
                        "ar")
                    .tools("version-control", "/usr/bin", "git 1:2.25.1", "git")
                    .tools("editor", "/usr/bin", "vim 2:8.1.2269", "vim", "vi")
                    .tools(
                        "remote-access",
                        "/usr/sbin",
                        "openssh-server 1:8.2p1",
                        "sshd",
                        "ssh",
                        "scp",
                        "sftp")
                    .tools(
                        "debugger-tracer", "/usr/bin", "gdb 9.2", "gdb", "strace", "objdump", "nm")
                    .tools("download", "/usr/bin", "curl 7.68.0", "curl", "wget")
                    .tools("network-diagnostics", "/usr/bin", "netcat-openbsd 1.206", "nc")
                    .tools(
                        "language-package-manager", "/usr/bin", "python3-pip 20.0.2", "pip3", "mvn")
                    .manyPackages("deb", "libmonolith", 412)
                    .leftover("apt-lists", "/var/lib/apt/lists", 41_800_000, 32)
                    .leftover("apt-archives", "/var/cache/apt/archives", 218_000_000, 415)
                    .leftover("documentation", "/usr/share/doc", 61_400_000, 9_120))
            .add(
                SampleLayer.of(
                        "/bin/sh -c #(nop) ADD dir:41a2 in /opt/app",
                        184_000_000,
                        302_000_000,
                        9_011)
                    .leftover("vcs", "/opt/app/.git", 96_000_000, 2_204)
                    .manyPackages("maven", "com.example:module-", 180))
            .add(
                SampleLayer.of(
                        "/bin/sh -c cd /opt/app && mvn -q package -DskipTests",
                        231_000_000,
                        388_000_000,
                        14_200)
                    .leftover("maven-repository", "/root/.m2/repository", 241_000_000, 6_010)
                    .waste(92_000_000, 0))
            .add(
                SampleLayer.of("/bin/sh -c chmod -R 777 /opt/app", 201_000_000, 340_000_000, 12_044)
                    .waste(340_000_000, 0))
            .add(
                SampleLayer.of("/bin/sh -c rm -rf /opt/app/target/tmp", 1_200, 9_000, 4)
                    .waste(0, 41_000_000))
            .add(
                SampleLayer.of(
                    "/bin/sh -c #(nop) COPY file:ab11 in /etc/ssh/ssh_host_rsa_key",
                    2_300,
                    3_400,
                    1))
            .add(SampleLayer.of("/bin/sh -c useradd deploy", 3_100, 9_200, 6).waste(8_000, 0))
            .add(
                SampleLayer.of(
                    "/bin/sh -c echo 'deploy ALL=(ALL) NOPASSWD:ALL' >> /etc/sudoers",
                    900,
                    3_200,
                    1))
            .add(SampleLayer.of("/bin/sh -c ldconfig", 31_000, 120_000, 2).waste(110_000, 0))
            .add(
                SampleLayer.of(
                    "/bin/sh -c #(nop) COPY file:1a in /usr/local/bin/start.sh", 420, 1_100, 1))
            .adjust(facts ->
                ObjectEditor.of(facts)
                    .secret("private-key", "/etc/ssh/ssh_host_rsa_key", 6, false)
                    .secret("credential-file", "/root/.m2/settings.xml", 3, true)
                    .service("sshd", "/usr/sbin/sshd")
                    .service("cron", "/usr/sbin/cron")
                    .state("log", "/opt/app/logs/app.log", 12_400_000)
                    .state("database-file", "/opt/app/data/local.h2.db", 2_100_000)));
    images.add(
        debian()
            .child("agent")
            .in("platform/build-agent", "37")
            .user("agent")
            .age(6)
            .profile("dev")
            .add(
                SampleLayer.of(
                        "RUN apt-get update && apt-get install -y --no-install-recommends gcc make git",
                        96_000_000,
                        310_000_000,
                        6_020)
                    .tools("compiler-build", "/usr/bin", "gcc-12 12.2.0-14", "gcc", "make")
                    .tools("version-control", "/usr/bin", "git 1:2.39.5", "git")
                    .manyPackages("deb", "libagent", 61)));
    images.add(
        new SampleImage("tiny")
            .in("team/tiny")
            .os("", "", "", null, "scratch")
            .user("65534")
            .age(61)
            .add(SampleLayer.of("COPY /tiny /tiny # buildkit", 1_910_000, 4_810_000, 1)));
    images.add(
        new SampleImage("micro")
            .in("partner/reporting", "7")
            .os("almalinux", "9.3", "AlmaLinux 9.3 (Shamrock Pampas Cat)", "2032-06-01", "micro")
            .user("1001")
            .age(88)
            .add(SampleLayer.of("ADD rootfs.tar.xz /", 8_300_000, 24_600_000, 1_020))
            .add(SampleLayer.of("COPY reporting /opt/reporting", 31_000_000, 66_000_000, 214))
            .adjust(facts ->
                ObjectEditor.of(facts)
                    .gap(
                        "packages",
                        "/var/lib/rpm/rpmdb.sqlite",
                        0,
                        "database over the limit of 64 MB (tare.limits.package-database)")));
    images.add(
        alpine()
            .child("hostile")
            .in(
                "red-team/a-very-long-repository-name-that-somebody-generated-from-a-branch-name/feature-1234-try-to-break-the-layout-of-every-report",
                "v0.0.0-20261120101500-deadbeefcafe.dirty")
            .user("0")
            .label("org.opencontainers.image.title", HOSTILE)
            .label("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0")
            .label("\u202Eevil.exe", "שלום עולם \u202Etxt.exe")
            .label("description", "x".repeat(3_000))
            .add(
                SampleLayer.of(
                        "RUN echo '"
                            + HOSTILE
                            + "' > /x && echo "
                            + "very-long-argument-".repeat(60),
                        4_100,
                        9_100,
                        2)
                    .tools("shell", "/opt/" + HOSTILE.replace("/", "_"), null, "bash")
                    .tools("download", "/opt/" + "deep/".repeat(60) + "bin", null, "curl")
                    .packages("deb", HOSTILE + "=1.0", "مكتبة=2.0"))
            .adjust(facts ->
                ObjectEditor.of(facts).gap("tools", "/opt/x", 1, HOSTILE).user("=" + HOSTILE)));
    return images;
  }

  static List<SampleImage> generated(int count) {
    Random random = new Random(42);
    List<SampleImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String team = List.of("shop", "payments", "search", "data", "platform").get(i / 3 % 5);
      SampleImage base =
          switch (random.nextInt(6)) {
            case 0 -> debian();
            case 1 -> alpine();
            case 2 -> distroless();
            case 3 -> ubuntu();
            default -> node();
          };
      SampleImage image =
          base.child("service-" + i)
              .in(team + "/service-" + i / 3, "1." + i % 3 + "." + i % 7)
              .user(random.nextInt(4) == 0 ? "" : "app")
              .age(random.nextInt(400));
      int layers = 1 + random.nextInt(5);
      for (int layer = 0; layer < layers; layer++) {
        long size = (long) (Math.exp(random.nextGaussian() * 1.6 + 1.2) * MB);
        SampleLayer own =
            SampleLayer.of(
                "RUN step " + layer + " of service " + i + " && make install",
                size,
                size * 3,
                10 + random.nextInt(900));
        if (random.nextInt(8) == 0) {
          own.waste(size, size / 3).leftover("apt-lists", "/var/lib/apt/lists", size / 2, 30);
        }
        if (random.nextInt(6) == 0) {
          own.tools("download", "/usr/bin", "curl 7.88.1", "curl").packages("deb", "curl=7.88.1");
        }
        if (random.nextInt(12) == 0) {
          own.tools("compiler-build", "/usr/bin", "gcc-12 12.2.0", "gcc", "make");
        }
        own.manyPackages("npm", "lib-" + random.nextInt(60) + "-", 20 + random.nextInt(40));
        image.add(own);
      }
      images.add(image);
    }
    return images;
  }
}
