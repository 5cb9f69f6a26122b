/** What GitLab shows in merge requests. */
@NullMarked
package dev.tare.report.gitlab;

import org.jspecify.annotations.NullMarked;
