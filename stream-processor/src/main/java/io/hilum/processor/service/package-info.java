/** The service: typed configuration, start and stop in the right order, health and metrics. */
package io.hilum.processor.service;
