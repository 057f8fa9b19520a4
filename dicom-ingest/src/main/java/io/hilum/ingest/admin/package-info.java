/** What an administrator sees: refusals, quarantine, health, reconcile. */
package io.hilum.ingest.admin;
