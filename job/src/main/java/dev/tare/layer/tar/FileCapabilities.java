package dev.tare.layer.tar;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code security.capability}, {@code struct vfs_cap_data}: little-endian words, magic with
 * revision and effective flag, then permitted and inheritable for capabilities 0–31 and (from
 * revision 2) 32–63; revision 3 ends with the user namespace's root.
 *
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/capability.h">linux/capability.h</a>
 */
final class FileCapabilities {
  /** In the order of their numbers, from capability.h of Linux 6.12. */
  private static final List<String> NAMES =
      List.of(
          "cap_chown",
          "cap_dac_override",
          "cap_dac_read_search",
          "cap_fowner",
          "cap_fsetid",
          "cap_kill",
          "cap_setgid",
          "cap_setuid",
          "cap_setpcap",
          "cap_linux_immutable",
          "cap_net_bind_service",
          "cap_net_broadcast",
          "cap_net_admin",
          "cap_net_raw",
          "cap_ipc_lock",
          "cap_ipc_owner",
          "cap_sys_module",
          "cap_sys_rawio",
          "cap_sys_chroot",
          "cap_sys_ptrace",
          "cap_sys_pacct",
          "cap_sys_admin",
          "cap_sys_boot",
          "cap_sys_nice",
          "cap_sys_resource",
          "cap_sys_time",
          "cap_sys_tty_config",
          "cap_mknod",
          "cap_lease",
          "cap_audit_write",
          "cap_audit_control",
          "cap_setfcap",
          "cap_mac_override",
          "cap_mac_admin",
          "cap_syslog",
          "cap_wake_alarm",
          "cap_block_suspend",
          "cap_audit_read",
          "cap_perfmon",
          "cap_bpf",
          "cap_checkpoint_restore");

  private FileCapabilities() {}

  /**
   * The names of the permitted and inheritable capabilities, by number, with commas between; empty
   * where none is set; null where this is no capability attribute.
   */
  static @Nullable String names(byte[] value) {
    if (value.length < 4) {
      return null;
    }
    int revision = value[3];
    int expected =
        switch (revision) {
          case 1 -> 12;
          case 2 -> 20;
          case 3 -> 24;
          default -> -1;
        };
    if (value.length != expected) {
      return null;
    }
    long set = word(value, 4) | word(value, 8);
    if (revision > 1) {
      set |= (word(value, 12) | word(value, 16)) << 32;
    }
    StringJoiner names = new StringJoiner(",");
    for (int i = 0; i < Long.SIZE; i++) {
      if ((set >>> i & 1) != 0) {
        names.add(i < NAMES.size() ? NAMES.get(i) : "cap_" + i);
      }
    }
    return names.toString();
  }

  private static long word(byte[] value, int offset) {
    return (value[offset] & 0xffL)
        | (value[offset + 1] & 0xffL) << 8
        | (value[offset + 2] & 0xffL) << 16
        | (value[offset + 3] & 0xffL) << 24;
  }
}
