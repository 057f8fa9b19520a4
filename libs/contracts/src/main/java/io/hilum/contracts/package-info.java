/** What everyone speaks: topics, events and their form on the wire. Depends on nothing of ours. */
package io.hilum.contracts;
