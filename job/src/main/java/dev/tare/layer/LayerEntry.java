package dev.tare.layer;

import org.jspecify.annotations.Nullable;

/**
 * One path of one layer.
 *
 * @param path normalised: no leading or trailing slash, no {@code .} or {@code ..}; the root
 *     directory is the empty string; bytes that are not UTF-8 stand as {@code \xNN}
 * @param mode permission bits with setuid, setgid and sticky (07777)
 * @param uid 32 bits, to be read as unsigned; -1 where the tar has more
 * @param gid as uid
 * @param sizeBytes content of a regular file; 0 for everything else
 * @param linkTarget of symbolic and hard links
 * @param content of regular files
 * @param capabilities file capabilities from {@code security.capability}, permitted or inheritable,
 *     by their numbers with commas between: {@code cap_net_admin,cap_net_raw}; null where there are
 *     none
 */
public record LayerEntry(
    String path,
    EntryType type,
    int mode,
    int uid,
    int gid,
    long sizeBytes,
    @Nullable String linkTarget,
    ContentKind content,
    @Nullable String capabilities) {}
