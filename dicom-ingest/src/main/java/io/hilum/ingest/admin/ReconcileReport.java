package io.hilum.ingest.admin;

import java.util.List;

/**
 * What reconciling found and did.
 *
 * @param dryRun nothing was done, only looked
 * @param objects received objects in the store
 * @param withFindings of these, in a finding
 * @param pending of these, still in the journal: they will be announced anyway
 * @param quarantined of these, in the quarantine list: left alone unless asked for
 * @param tooYoung of these, stored so lately that their finding may be on its way
 * @param missing neither of the above
 * @param republished appended to the journal again
 * @param examples keys of missing objects, 100 at most
 */
public record ReconcileReport(
        boolean dryRun,
        long objects,
        long withFindings,
        long pending,
        long quarantined,
        long tooYoung,
        long missing,
        long republished,
        List<String> examples) {}
