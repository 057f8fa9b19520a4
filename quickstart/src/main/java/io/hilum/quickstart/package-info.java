/** Everything on one machine: broker, PostgreSQL and the services as processes of their own. */
package io.hilum.quickstart;
