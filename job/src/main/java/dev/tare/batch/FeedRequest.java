package dev.tare.batch;

import dev.tare.vulnerability.FeedAddresses;
import java.time.Duration;

/**
 * Which feeds a scan tries to bring up to date before it matches.
 *
 * @param addresses where they are fetched
 * @param maxAge feeds that were checked since are not asked for
 */
public record FeedRequest(FeedAddresses addresses, Duration maxAge) {}
