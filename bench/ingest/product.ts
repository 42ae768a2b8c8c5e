// The product's webhook behind a bare server.
import { closeDatabase } from "@/lib/db/client";
import { handleHook } from "@/server/hooks";
import { serve } from "./serve";

serve((request, response) => void handleHook(request, response), closeDatabase);
