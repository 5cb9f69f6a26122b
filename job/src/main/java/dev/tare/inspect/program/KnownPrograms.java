package dev.tare.inspect.program;

import static dev.tare.inspect.program.ProgramSignature.identity;
import static dev.tare.inspect.program.ProgramSignature.named;

import java.util.List;

/**
 * The programs that are known by their content. Each text was seen in the program as Debian 12
 * builds it, and in no other of some 700 programs of a Debian 12. Versions were seen to be those
 * that the programs print or, for dropbear, socat and wget2, those of their packages.
 */
final class KnownPrograms {
  private static final String TWO_OR_MORE = "(\\d{1,4}\\.[0-9A-Za-z.]{1,24})";
  private static final String NUMBERS = "(\\d{1,2}\\.\\d{1,3}(?:\\.\\d{1,3})?)";

  static final List<ProgramSignature> SIGNATURES =
      List.of(
          identity("bash", "@(#)Bash version ").followedBy(TWO_OR_MORE),
          identity("dash", "Usage: getopts optstring var [arg"),
          identity("zsh", "ZSH_PATCHLEVEL").versionAfter("/zsh/", NUMBERS + "\0"),
          identity("mksh", "@(#)MIRBSD KSH ").followedBy("(R\\d{2}\\w?)\\b"),
          identity("lksh", "@(#)LEGACY KSH ").followedBy("(R\\d{2}\\w?)\\b"),
          identity("tcsh", "tcsh %d.%.2d.%.2d (%s)"),
          identity("busybox", "BusyBox is a multi-call binary")
              .versionAfter("BusyBox v", TWO_OR_MORE),
          identity("toybox", "usage: toybox [--long").versionApart("0.", "\\d{1,2}\\.\\d{1,2}"),
          identity("toybox", "usage: toybox [--long")
              .versionAfter("toybox wget/", "(0\\.\\d{1,2}\\.\\d{1,2})\0"),
          identity("coreutils", "coreutils-prog-shebang="),
          identity("coreutils", " (multi-call binary)\n"), // uutils, whose table is not readable
          identity("curl", "curl: try 'curl --")
              .versionAfter("\0curl ", TWO_OR_MORE + "(?:-DEV)? \\([\\w-]+\\) "),
          identity("wget", "GNU Wget %s, a non-interactive")
              .versionAfter("/wget-", NUMBERS + "[=/]"),
          identity("wget2", "metalink/file/website downloader")
              .versionAfter("GNU Wget2 ", TWO_OR_MORE),
          identity("lftp", "LFTP | Version %s"),
          identity("axel", "Axel %s (%s)").versionAfter("Axel/", TWO_OR_MORE + " \\("),
          identity("rsync", "rsync error: %s (code %d)")
              .versionApart("3.", "\\d{1,2}\\.\\d{1,2}\\w{0,4}"),
          identity("socat", "socat by Gerhard Rieger")
              .versionApart("1.", "\\d\\.\\d{1,2}\\.\\d{1,2}"),
          identity("nc", "OpenBSD netcat ("),
          identity("nc", "connect to somewhere:\tnc [-options]")
              .versionAfter("[v", "(1\\.\\d{1,3})"),
          identity("ncat", "Usage: ncat [options]"),
          identity("nmap", "Nmap scan report for "),
          identity("dropbear", "SSH-2.0-dropbear_").followedBy("(\\d{4}\\.\\d{1,3})"),
          identity("ssh", "Pseudo-terminal will not be allocated because stdin"),
          identity("sshd", "sshd: no hostkeys available -- exiting"),
          named("ssh", "@openssh.com").versionAfter("OpenSSH_", "(\\d{1,2}\\.\\d{1,2}p\\d)"),
          identity("openssl", "Convert standard name into OpenSSL name")
              .versionAfter(
                  "OpenSSL ",
                  "(\\d\\.\\d{1,2}\\.\\d{1,2}[a-z]{0,2}) +\\d{1,2} [A-Z][a-z]{2} \\d{4}"),
          identity("git", "git clone [<options>] [--] <repo> [<dir>]")
              .versionAfter("git/", TWO_OR_MORE + "\0"),
          identity("vim", "VIM - Vi IMproved ").followedBy("(\\d{1,2}\\.\\d{1,2})\\b"),
          identity("nano", "Main nano help text"),
          identity("gdb", "Set whether GDB "),
          identity("strace", "strace -- version %s"),
          named("perl", "PERL_HASH_SEED_DEBUG")
              .versionAfter("/perl", "5?/(5\\.\\d{1,2}\\.\\d{1,2})[/\0]"),
          // 3.2.0 is the version of old Unicode data that each of them brings.
          named("python", "PYTHONDONTWRITEBYTECODE")
              .versionApart("3.", "(?!2\\.0\0)\\d{1,2}\\.\\d{1,2}(?:(?:a|b|rc)\\d{1,2})?\\+?"),
          named("node", "nodejs.org/download/release/v").followedBy("(\\d+\\.\\d+\\.\\d+)/"),
          named("php", "X-Powered-By: PHP/").followedBy("(\\d\\.\\d{1,2}\\.\\d{1,2})"),
          named("lua", "$LuaVersion: Lua ").followedBy("(\\d\\.\\d\\.\\d{1,2})"));

  private KnownPrograms() {}
}
