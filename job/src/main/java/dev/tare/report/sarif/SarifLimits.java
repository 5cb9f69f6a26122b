package dev.tare.report.sarif;

/**
 * What one SARIF file holds at most.
 *
 * @param results in its one run
 * @param bytes of the file, before it is compressed for the upload: compression only helps
 * @see <a
 *     href="https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit">GitHub:
 *     25,000 results a run are accepted and 5,000 of them are kept; 10 MB after gzip</a>
 */
record SarifLimits(int results, long bytes) {
  static final SarifLimits GITHUB = new SarifLimits(5_000, 9_000_000);
}
