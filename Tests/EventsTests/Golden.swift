/// What must leave, octet for octet: the values of format 8.1 under the names of contract 4.
enum Golden {
    static let sample = #"""
        {"id":"09BISHKEK231",\#
        "revision":1,\#
        "layout":"acp127",\#
        "heading":"full",\#
        "complete":true,\#
        "transmissions":[{"identifiers":[{"channel":"EKI","number":417}],"precedence":"ROUTINE","stations":["RUEHC","RUCNCIS","RUCPDOC"],"originatingStation":"RUEHEK","stationSerial":"0231","filed":{"dayOfYear":76,"time":"0842","instant":"2009-03-17T08:42:00Z"},"security":{"warning":"ZNR","group":"UUUUU","level":"UNCLASSIFIED"},"operatingSignals":[{"signal":"ZZH","meaning":"State Department origin"}],"endOfMessage":{"validation":"0231","seen":true},"source":{"topic":"telegrams.raw","partition":0,"offset":17,"timestamp":"2009-03-17T08:45:00.250Z"}}],\#
        "precedence":{"action":"ROUTINE","information":"ROUTINE"},\#
        "dateTimeGroup":{"text":"170842Z MAR 09","instant":"2009-03-17T08:42:00Z"},\#
        "from":{"name":"AMEMBASSY BISHKEK","routingIndicator":"RUEHEK","post":{"name":"Bishkek","kind":"embassy","country":"KG","region":"SCA","latitude":42.87,"longitude":74.61}},\#
        "to":[{"name":"SECSTATE WASHDC","routingIndicator":"RUEHC","precedence":"ROUTINE","continuityNumber":"1844","collective":false,"post":{"name":"Department of State","kind":"other","country":"US","latitude":38.89,"longitude":-77.05}}],\#
        "info":[{"name":"CIS COLLECTIVE","routingIndicator":"RUCNCIS","precedence":"ROUTINE","continuityNumber":"0912","collective":true},\#
        {"name":"DEPT OF COMMERCE WASHDC","routingIndicator":"RUCPDOC","precedence":"ROUTINE","collective":false,"post":{"name":"Department of Commerce","kind":"other","country":"US","latitude":38.90,"longitude":-77.04}}],\#
        "messageReference":{"year":2009,"post":"BISHKEK","serial":231,"key":"09BISHKEK231"},\#
        "classification":{"level":"UNCLASSIFIED","controls":["SENSITIVE"],"line":"UNCLAS BISHKEK 000231","portionsHighest":"UNCLASSIFIED"},\#
        "captions":["SENSITIVE","SIPDIS"],\#
        "attention":[{"agency":"DEPT","offices":["SCA/CEN"]},\#
        {"agency":"USDOC","offices":["ITA/MAC"]}],\#
        "executiveOrder":{"order":"12958","value":"N/A"},\#
        "tags":[{"code":"ENRG","kind":"subject","title":"Energy and Power"},\#
        {"code":"ECON","kind":"subject","title":"Economic Conditions"},\#
        {"code":"EINV","kind":"subject","title":"Foreign Investments"},\#
        {"code":"PGOV","kind":"subject","title":"Internal Governmental Affairs"},\#
        {"code":"KG","kind":"geographic","title":"Kyrgyzstan","country":"KG"}],\#
        "subject":{"text":"SMALL HYDRO TENDER SLIPS TO SUMMER"},\#
        "references":[{"label":"A","kind":"telegram","telegram":"09BISHKEK198","text":"BISHKEK 198","previous":false},\#
        {"label":"B","kind":"telegram","telegram":"08BISHKEK1177","text":"08 BISHKEK 1177","note":"NOTAL","previous":false}],\#
        "summary":"THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.",\#
        "paragraphs":[{"number":1,"mark":"SBU","level":"UNCLASSIFIED","controls":["SBU"],"text":"SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY.","synthetic":false},\#
        {"number":2,"mark":"SBU","level":"UNCLASSIFIED","controls":["SBU"],"text":"DEPUTY MINISTER AYDAR TEMIRKAN TOLD ECONOFF ON MARCH 16 THAT FLOW DATA FOR THE NARYN SITES WERE WRONG (REF A).","synthetic":false},\#
        {"number":3,"mark":"U","level":"UNCLASSIFIED","text":"ACTION REQUEST: DEPARTMENT OF COMMERCE IS ASKED TO NAME A POINT OF CONTACT BY MARCH 27.","synthetic":false},\#
        {"number":4,"mark":"SBU","level":"UNCLASSIFIED","controls":["SBU"],"text":"COMMENT: THE DELAY IS TECHNICAL, NOT POLITICAL.  END COMMENT.","synthetic":false}],\#
        "blocks":{"summary":[1],"comment":[4],"actionRequest":[3]},\#
        "signature":"HALVORSEN",\#
        "sections":{"expected":1,"received":[1],"missing":[]},\#
        "findings":[],\#
        "coverage":0.994}
        """#
}
