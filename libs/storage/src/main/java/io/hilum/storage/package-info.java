/** Objects and bundles by URI, on files or S3, durable before success. Depends on nothing of ours. */
package io.hilum.storage;
